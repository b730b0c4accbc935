#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"

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

// A part of an ordered list, and whether there is more on either side of it.
template <class Row>
struct Slice {
    std::vector<Row> rows;  // in the order of the list
    bool more_before = false, more_behind = false;
};

// Up to `limit` rows behind a place in a list, or those right before it (`back`); without a place from the list's
// beginning. `read(at_place, back, limit)` gives them in the order of the list. Where nothing is before the place any
// more the list begins with what follows, which is given then.
template <class Row, class Read>
Result<Slice<Row>> slice(bool at_place, bool back, int limit, Read read) {
    Slice<Row> out;
    if (at_place && back) {
        out.rows = TRY(read(true, true, limit + 1));
        out.more_before = int(out.rows.size()) > limit;
        out.more_behind = true;
        if (out.more_before) out.rows.erase(out.rows.begin());
        if (!out.rows.empty()) return out;
        at_place = false;
    }
    out.rows = TRY(read(at_place, false, limit + 1));
    out.more_before = at_place;
    out.more_behind = int(out.rows.size()) > limit;
    if (out.more_behind) out.rows.pop_back();
    return out;
}

}  // namespace kith::community
