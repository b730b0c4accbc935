#pragma once
#include "base/core/ids.hpp"
#include "config/urls.hpp"
#include "federation/vocab/writer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The texts of collections (ActivityPub 5) from what was read: pure functions.
namespace kith::ap {

// How many, without naming them: people may not want it known whom they follow.
std::string totals_only(std::string_view id, std::int64_t total);

// A group's followers as Lemmy reads them: a Collection with an empty list.
std::string group_followers(std::string_view id, std::int64_t total);

// Ids in their order; `ordered` = the order means something.
enum class Order { meant, none };
std::string id_collection(std::string_view id, const std::vector<std::string>& ids, Order);

// Whole objects, each JSON text.
std::string object_collection(std::string_view id, std::vector<std::string> objects);

// Items of an outbox, newest first, and the id the last row that was looked at is paged by; nothing
// where there is nothing older.
struct OutboxItems {
    std::vector<std::string> items;   // activities, JSON
    std::optional<Id> older_than;
};

// The outbox itself; with items where a reader wants them without pages (groups: Lemmy).
std::string outbox_collection(std::string_view id, std::int64_t total, std::optional<OutboxItems>);
std::string outbox_page(std::string_view id, std::optional<Id> below, const OutboxItems&);

// The URL of the outbox's page below an id, of its first one without.
std::string outbox_page_url(std::string_view id, std::optional<Id> below);

// The Create of a local post, with an id that does not change: the post's own number.
std::string create_of(const Urls&, const vocab::Post&, Id post_id, vocab::Context);

}  // namespace kith::ap
