#pragma once
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t trends_every_ms = 10LL * 60 * 1000;
inline constexpr std::int64_t trending_tag_ms = 2LL * 24 * 3600 * 1000;    // used within so long
inline constexpr std::int64_t trending_post_ms = 3LL * 24 * 3600 * 1000;
inline constexpr int trending_people_min = 2;         // fewer are no trend
inline constexpr int trending_interest_min = 2;       // likes and boosts
inline constexpr int trends_kept = 100;
inline constexpr int trend_candidates_max = 500;
inline constexpr int trends_page = 10;
inline constexpr int trends_page_max = 20;
inline constexpr int trending_posts_page = 20;
inline constexpr int trending_posts_page_max = 40;
inline constexpr int tag_history_days = 7;
inline constexpr int tag_history_uses_max = 5'000;    // read for it

}  // namespace kith::limits
