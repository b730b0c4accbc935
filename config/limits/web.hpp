#pragma once
#include <cstddef>

namespace kith::limits {

inline constexpr int feed_entries = 30;                   // the newest of a group or a thread
inline constexpr int feed_max_age_s = 300;                // how long caches may keep a feed
inline constexpr std::size_t feed_title_characters = 100; // of what has no title

}  // namespace kith::limits
