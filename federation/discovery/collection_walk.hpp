#pragma once
#include "base/core/result.hpp"
#include "federation/keys/fetch_document.hpp"

#include <functional>
#include <string>

namespace kith::discovery {

// Fetches one document; refuses beyond the caller's budget.
using FetchPage = std::function<Result<keys::FetchedDocument>(const std::string& id)>;

// What a reader of a collection says of an item.
enum class Item { fresh, known };
using Visit = std::function<Result<Item>(json::View)>;

struct WalkBounds {
    int pages_max = 1;
    int items_max = 1;
};

// Reads a collection from its first page on, at most so far, until a page has nothing that is fresh.
// Newest first: what is older than something known is known. A page is followed only on the
// collection's own origin and only once (security checklist, line 28). An error of the first
// document is given; one of a later page ends the walk there.
Result<> walk_collection(const std::string& url, const FetchPage&, const Visit&, WalkBounds);

}  // namespace kith::discovery
