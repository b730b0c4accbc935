#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <vector>

namespace kith::community {

// mastodon-api.md 3.2. max_id: exclusive upper bound. since_id: exclusive lower bound, newest
// first. min_id: exclusive lower bound, the page immediately above it, still given newest first.
struct PageRequest {
    std::optional<Id> max_id, since_id, min_id;
    int limit = 20;
};

// Newest first. The cursors are of the rows *scanned*, so that filtered rows leave no gap; absent
// where there is nothing beyond.
template <class T>
struct Page {
    std::vector<T> items;
    std::optional<Id> next_max_id;  // Link rel="next"
    std::optional<Id> prev_min_id;  // Link rel="prev"
};

}  // namespace kith::community
