#pragma once
#include "node/http/connection.hpp"

#include <array>
#include <functional>
#include <list>

namespace kith::http {

// Coarse deadlines in O(1): a ring of lists, one per 250 ms. Setting one splices a node, so the
// request path allocates nothing. A deadline beyond the ring waits in its last slot and moves on.
// Times are steady milliseconds. Not thread-safe.
class DeadlineWheel {
public:
    static constexpr TimeMs slot_ms = 250;
    static constexpr std::size_t slot_count = 512;   // 128 s

    explicit DeadlineWheel(TimeMs now) : done_until_(now / slot_ms) {}

    void add(Connection&, TimeMs at);    // 0: no deadline
    void move(Connection&, TimeMs at);
    void remove(Connection&);

    // Calls `expire` for each whose deadline has passed; it may move or remove that connection, no
    // other. One to which it does neither is expired again a slot later.
    void advance(TimeMs now, const std::function<void(Connection&)>& expire);

private:
    std::size_t slot_for(TimeMs at) const;

    std::array<std::list<Connection*>, slot_count> slots_;
    TimeMs done_until_;
};

}  // namespace kith::http
