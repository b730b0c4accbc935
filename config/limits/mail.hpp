#pragma once
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t mail_notices_wait_ms = 10 * 60'000;  // who is there reads it meanwhile
inline constexpr int mail_notices_max = 20;                        // in one letter, the newest
inline constexpr int mail_threads_max = 10;                        // in one digest
inline constexpr int mail_wishes_at_once = 50;                     // letters of one run
inline constexpr std::int64_t mail_due_every_ms = 60'000;
inline constexpr std::int64_t mail_stop_ms = 90LL * 24 * 3600'000; // how long a letter's link ends them
inline constexpr std::size_t mail_excerpt_characters = 200;

}  // namespace kith::limits
