#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t alive_noted_every_ms = 60'000;        // how closely a node knows when it was last there
inline constexpr std::int64_t catch_up_after_ms = 2 * 60'000;       // away for longer, it asks for what it missed
inline constexpr std::int64_t catch_up_margin_ms = 10 * 60'000;     // before it went, that is looked at too
inline constexpr int catch_up_requests_per_host_max = 60;           // in one run
inline constexpr int catch_up_hosts_at_once = 4;                    // each with one request at a time
inline constexpr int catch_up_pages_max = 10;                       // of one outbox or conversation
inline constexpr int catch_up_entries_max = 500;                    // taken of one outbox or conversation
inline constexpr int group_outbox_taken_max = 20;                   // the latest threads of a group that is new here
inline constexpr std::int64_t origin_count_max = 1'000'000'000;     // followers of somebody elsewhere, as their host says
inline constexpr int catch_up_actors_max = 5'000;                   // the most followed ones
inline constexpr int catch_up_threads_max = 200;                    // the latest ones
inline constexpr std::int64_t catch_up_thread_lives_ms = 14LL * 24 * 3'600'000;   // after its last post
inline constexpr std::int64_t conversation_asked_every_ms = 15 * 60'000;   // of one that somebody opens
inline constexpr std::size_t conversations_asked_max = 4'096;       // that are remembered for that
inline constexpr std::int64_t profile_asked_every_ms = 3600LL * 1000;      // of somebody whose profile is opened
inline constexpr std::size_t profiles_asked_max = 4'096;            // that are remembered for that
inline constexpr std::int64_t catch_up_request_timeout_ms = 10'000;
inline constexpr int container_depth_max = 3;                        // Add{Create{post}} (FEP-171b)
inline constexpr std::int64_t catch_up_lease_ms = 15 * 60'000;      // of a host, by one process
inline constexpr std::int64_t catch_up_retry_ms = 10 * 60'000;      // for a host that did not answer
inline constexpr int catch_up_attempts_max = 4;
inline constexpr std::int64_t catch_up_poll_ms = 10'000;            // looks for hosts that wait for a retry

}  // namespace kith::limits
