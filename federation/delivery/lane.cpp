#include "federation/delivery/lane.hpp"

#include <algorithm>

#include "config/limits/delivery.hpp"
#include "federation/delivery/activity_parts.hpp"

namespace kith::delivery {

using model::PeerState;

Lane::Lane(model::Peer peer) : peer_(std::move(peer)) {
    if (peer_.state == PeerState::open) peer_.state = PeerState::half_open;
}

bool Lane::may_read() const {
    return !read_all_ && rows_.size() < std::size_t(limits::delivery_lane_rows_max);
}

void Lane::load(std::vector<repo::WaitingDelivery> page, Id up_to, bool full) {
    for (auto& waiting : page) {
        const auto id = waiting.delivery.id;
        rows_.try_emplace(id, Row{std::move(waiting)});
    }
    read_up_to_ = std::max(read_up_to_, up_to);
    read_all_ = !full;
}

int Lane::places() const {
    if (peer_.state == PeerState::half_open) return 1;
    return peer_.answered_streak >= limits::delivery_answered_streak
               ? limits::delivery_in_flight_per_host_max
               : limits::delivery_in_flight_per_new_host_max;
}

bool Lane::has_place(TimeMs now) const {
    return peer_.next_at <= now && peer_.state != PeerState::gone && in_flight_ < places();
}

bool Lane::is_parked(const Row& row, TimeMs now) const {
    return row.waiting.delivery.not_before > now;
}

// What goes before: orderings and actors of earlier rows that are not done.
struct Lane::Held {
    std::vector<std::string_view> orderings;
    std::vector<Id> actors;

    bool holds(const Row& row) const {
        const auto& ordering = row.waiting.delivery.ordering;
        const auto is_held = [&](std::string_view it) { return std::find(orderings.begin(), orderings.end(), it) != orderings.end(); };
        if (is_held(ordering)) return true;
        if (const auto before = ordering_before(ordering); !before.empty() && is_held(before)) return true;
        return waits_for_actor(ordering) &&
               std::find(actors.begin(), actors.end(), row.waiting.actor_id) != actors.end();
    }
    void add(const Row& row) {
        orderings.push_back(row.waiting.delivery.ordering);
        actors.push_back(row.waiting.actor_id);
    }
};

Lane::Row* Lane::choose(TimeMs now) {
    if (!has_place(now)) return nullptr;
    Held held;
    Row* suspect = nullptr;
    for (auto& [id, row] : rows_) {
        const bool may_go = !row.in_flight && !is_parked(row, now) && !held.holds(row);
        held.add(row);
        if (!may_go) continue;
        // A probe with what the peer stumbles over would tell nothing about the rest.
        if (peer_.state != PeerState::half_open || !is_suspect(row.waiting.delivery)) return &row;
        if (!suspect) suspect = &row;
    }
    return suspect;
}

void Lane::start(Row& row) {
    row.in_flight = true;
    row.failures_at_start = failures_;
    ++in_flight_;
}

void Lane::stop(Row& row) {
    if (!row.in_flight) return;
    row.in_flight = false;
    --in_flight_;
}

Lane::Row* Lane::find(Id delivery) {
    const auto at = rows_.find(delivery);
    return at == rows_.end() ? nullptr : &at->second;
}

void Lane::erase(Id delivery) {
    const auto at = rows_.find(delivery);
    if (at == rows_.end()) return;
    stop(at->second);
    rows_.erase(at);
}

void Lane::erase_inbox(const std::string& inbox) {
    std::erase_if(rows_, [&](const auto& entry) {
        return !entry.second.in_flight &&
               (inbox.empty() || entry.second.waiting.delivery.inbox == inbox);
    });
}

void Lane::answered(TimeMs now, Answer answer) {
    if (peer_.state != PeerState::healthy) peer_.next_at = now;
    peer_.state = PeerState::healthy;
    peer_.fail_count = 0;
    peer_.first_fail_at.reset();
    if (answer == Answer::success) {
        peer_.last_success_at = now;
        peer_.last_error.clear();
    }
    peer_.answered_streak = std::min(peer_.answered_streak + 1, limits::delivery_answered_streak);
}

void Lane::note_failure(TimeMs now, const std::string& error) {
    ++peer_.fail_count;
    peer_.answered_streak = 0;
    if (!peer_.first_fail_at) peer_.first_fail_at = now;
    peer_.last_error = error;
    peer_.state = peer_.fail_count >= limits::delivery_breaker_failures ? PeerState::open
                                                                        : PeerState::failing;
}

void Lane::spoke(TimeMs now) {
    peer_.next_at = std::min(peer_.next_at, now);
    if (peer_.state == PeerState::open) peer_.state = PeerState::half_open;
    if (peer_.state == PeerState::gone) peer_.state = PeerState::healthy;
}

void Lane::gone() { peer_.state = PeerState::gone; }

bool Lane::is_idle(TimeMs now) {
    return in_flight_ == 0 && (!has_place(now) || (!may_read() && !choose(now)));
}

model::Peer Lane::to_store(TimeMs now) const {
    auto peer = peer_;
    if (peer.state == PeerState::half_open && peer.next_at <= now) peer.state = PeerState::open;
    if (peer.next_at > now) return peer;
    // Rows behind a parked one of their ordering wait for it.
    TimeMs due = INT64_MAX;
    for (const auto& [id, row] : rows_)
        if (is_parked(row, now)) due = std::min(due, row.waiting.delivery.not_before);
    peer.next_at = due == INT64_MAX ? 0 : due;
    return peer;
}

}  // namespace kith::delivery
