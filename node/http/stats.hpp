#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <string>

namespace kith::http {

using Counter = std::atomic<std::uint64_t>;

// What the front counts, for metrics. Any thread may read at any time.
struct FrontStats {
    struct Lane {
        std::string name;
        Counter served{0};
        Counter refused{0};    // the queue was full
        Counter waiting{0};    // now, in the queue
        Counter busy{0};       // now, in handlers
        Counter busy_ms{0};    // in handlers, all together
    };

    Counter connections{0};            // now
    Counter connections_accepted{0};
    Counter connections_refused{0};    // a cap was reached
    Counter connections_evicted{0};    // the oldest idle one, at the cap
    Counter refusals{0};               // answered by the front itself: malformed, too large, too slow
    Counter parked{0};                 // now
    Counter parked_total{0};
    Counter park_timeouts{0};
    Counter bodies_bytes{0};           // now, of bodies under way
    Counter answers_bytes{0};          // now, of answers that clients have not read yet
    Counter answers_dropped{0};        // the budget for them was spent
    std::array<Counter, 6> answers{};  // of handlers, by the first digit of their status
    std::deque<Lane> lanes;            // in the order of FrontOptions::lanes; fixed once open
};

}  // namespace kith::http
