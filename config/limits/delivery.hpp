#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr int delivery_rows_per_write_max = 1'800;       // of all tables together
inline constexpr int delivery_events_per_write_max = 32;
inline constexpr std::size_t announce_bytes_max = 960 * 1024;   // of an inner activity; larger ones by id
inline constexpr int announce_depth_max = 28;
inline constexpr std::int64_t delivery_keep_ms = 30LL * 24 * 3600 * 1000;   // rows, activities, results
inline constexpr std::int64_t delivery_lease_ms = 60'000;
inline constexpr std::int64_t delivery_poll_ms = 1'000;         // for peers whose time has come
inline constexpr std::int64_t publisher_poll_ms = 250;
inline constexpr std::int64_t publisher_lease_ms = 60'000;
inline constexpr std::int64_t publisher_retry_ms = 10'000;      // after an event that could not be published
inline constexpr int publisher_attempts_max = 20;               // of one event
inline constexpr int delivery_lanes_max = 1'024;                // peers leased at a time
inline constexpr int delivery_page_rows = 64;
inline constexpr int delivery_lane_rows_max = 1'024;            // of one peer in memory, parked ones included
inline constexpr int delivery_in_flight_max = 400;
inline constexpr int delivery_in_flight_per_host_max = 8;       // to a peer that answered its last …
inline constexpr int delivery_answered_streak = 100;            // … so many, else:
inline constexpr int delivery_in_flight_per_new_host_max = 2;
inline constexpr int delivery_breaker_failures = 5;
inline constexpr std::int64_t delivery_hold_rows_after_ms = 24LL * 3600 * 1000;   // of failing
inline constexpr std::int64_t delivery_wait_max_ms = 24LL * 3600 * 1000;          // Retry-After is cut to it
inline constexpr std::int64_t delivery_revive_ms = 60'000;      // a peer that speaks is tried so often at most
inline constexpr std::size_t delivery_cache_entries_max = 512;  // activity bodies …
inline constexpr std::size_t delivery_cache_bytes_max = 16 << 20;
inline constexpr std::size_t delivery_answer_bytes_max = 4 * 1024;   // of which only the status is read
inline constexpr std::size_t delivery_error_bytes_max = 300;
inline constexpr int delivery_resume_page = 200;                // activities looked at in one transaction
inline constexpr int delivery_stop_grace_ms = 2'000;            // for answers that are on their way

}  // namespace kith::limits
