#pragma once
#include "federation/delivery/backoff.hpp"
#include "storage/model/federation.hpp"
#include "storage/repo/delivery.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith::delivery {

// One peer while we hold its lease: the rows that were read, which of them may go out next, and
// what its answers do to it. No I/O; one thread only.
class Lane {
public:
    explicit Lane(model::Peer peer);

    struct Row {
        repo::WaitingDelivery waiting;
        bool in_flight = false;
        int failures_at_start = 0;  // of the lane, when it was sent
    };

    const model::Peer& peer() const { return peer_; }
    std::size_t rows() const { return rows_.size(); }
    int in_flight() const { return in_flight_; }

    // Rows come in pages, by id: `load` what is after `read_up_to`, until a page is not full.
    // `up_to` is the page's last id, whether or not that row is given.
    Id read_up_to() const { return read_up_to_; }
    bool may_read() const;
    void load(std::vector<repo::WaitingDelivery> page, Id up_to, bool full);
    void more_rows() { read_all_ = false; }  // were queued
    // There is a place for a row to go out.
    bool has_place(TimeMs now) const;

    // The next row that may go out now: the oldest that is due, that no earlier row of its ordering
    // (of its actor, where it waits for them) is before, while there is a place. A half-open peer
    // is probed with one, if possible not with one that it stumbled over before.
    Row* choose(TimeMs now);
    void start(Row&);
    Row* find(Id delivery);
    void erase(Id delivery);
    void erase_inbox(const std::string& inbox);  // "" = all; not what is in flight
    void stop(Row&);                             // its try is over; the row stays

    // The peer answered something that says nothing against it as a whole.
    enum class Answer { success, refusal };
    void answered(TimeMs now, Answer);
    // It failed. Tries that were under way together count once. `delay(n)` is the wait after the
    // n-th.
    template <class Delay>
    void failed(const Row& row, TimeMs now, const std::string& error, Delay delay) {
        if (row.failures_at_start != failures_) return;
        ++failures_;
        note_failure(now, error);
        peer_.next_at = now + delay(peer_.fail_count);
    }
    void pause(TimeMs until) { peer_.next_at = std::max(peer_.next_at, until); }
    // A valid signature came from it: tried at once.
    void spoke(TimeMs now);
    void gone();

    // Nothing goes out for now and nothing is under way: give it back.
    bool is_idle(TimeMs now);
    // The peer as it is to be stored then; a healthy one is due when its first parked row is.
    model::Peer to_store(TimeMs now) const;

private:
    struct Held;
    int places() const;
    bool is_parked(const Row& row, TimeMs now) const;
    void note_failure(TimeMs now, const std::string& error);

    model::Peer peer_;
    std::map<Id, Row> rows_;
    Id read_up_to_ = 0;
    bool read_all_ = false;
    int in_flight_ = 0;
    int failures_ = 0;
};

}  // namespace kith::delivery
