#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t move_cooldown_ms = 7LL * 24 * 3600 * 1000;   // between two Moves of one account
inline constexpr int move_followers_per_write_max = 50;   // followers here that one transaction takes along
inline constexpr std::size_t aliases_max = 10;            // of an account here

}  // namespace kith::limits
