#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t account_note_characters_max = 2'000;
inline constexpr int familiar_followers_max = 40;
inline constexpr int host_follows_ended_max = 2'000;      // that a member's block of a host ends at once
inline constexpr int followed_tags_max = 100;             // each is one look-up more for a page of home
inline constexpr std::size_t lists_max = 50;              // of one member
inline constexpr std::int64_t list_members_max = 5'000;
inline constexpr std::size_t list_title_characters_max = 255;
inline constexpr std::int64_t scheduled_lead_ms = 5 * 60'000;   // a post waits at least so long
inline constexpr std::int64_t scheduled_max = 300;        // posts of one member that wait
inline constexpr std::int64_t scheduled_per_day_max = 25;
inline constexpr std::int64_t subscribed_post_age_ms = 24LL * 3600 * 1000;   // an older one rings no bell

}  // namespace kith::limits
