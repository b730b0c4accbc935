#pragma once
#include "node/community/paging.hpp"
#include "storage/repo/relations.hpp"

#include <vector>

namespace kith::community {

// What a client asks for as what storage reads: min_id reads upwards from its bound.
inline repo::Window window_of(const PageRequest& request) {
    repo::Window w;
    if (request.max_id) w.below = *request.max_id;
    if (request.min_id) w.above = *request.min_id;
    else if (request.since_id) w.above = *request.since_id;
    w.ascending = request.min_id.has_value();
    w.limit = request.limit;
    return w;
}

// The cursors of a page, from the ids of the rows that were scanned, newest first. An end that was not
// full says that there is nothing beyond, except towards newer rows: those may come at any time.
template <class T>
void set_cursors(Page<T>& page, Id newest, Id oldest, std::size_t scanned, const PageRequest& request) {
    if (scanned == 0) return;
    page.prev_min_id = newest;
    if (scanned >= std::size_t(request.limit) || request.min_id) page.next_max_id = oldest;
}

inline Page<model::Actor> actor_page_from(std::vector<repo::FollowRow> rows, const PageRequest& request) {
    Page<model::Actor> page;
    if (!rows.empty()) set_cursors(page, rows.front().follow_id, rows.back().follow_id, rows.size(), request);
    for (auto& row : rows) page.items.push_back(std::move(row.actor));
    return page;
}

}  // namespace kith::community
