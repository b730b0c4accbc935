#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t account_note_characters_max = 2'000;
inline constexpr int familiar_followers_max = 40;
inline constexpr int host_follows_ended_max = 2'000;      // that a member's block of a host ends at once
inline constexpr int followed_tags_max = 100;             // each is one look-up more for a page of home
inline constexpr std::size_t follow_languages_max = 20;   // of one follow
inline constexpr std::size_t lists_max = 50;              // of one member
inline constexpr std::int64_t list_members_max = 5'000;
inline constexpr std::size_t list_title_characters_max = 255;
inline constexpr std::int64_t scheduled_lead_ms = 5 * 60'000;   // a post waits at least so long
inline constexpr std::int64_t scheduled_max = 300;        // posts of one member that wait
inline constexpr std::int64_t scheduled_per_day_max = 25;
inline constexpr std::int64_t subscribed_post_age_ms = 24LL * 3600 * 1000;   // an older one rings no bell

inline constexpr std::size_t filters_max = 200;           // of one member
inline constexpr std::size_t filter_keywords_max = 1'000; // of all filters of one member: each page looks for all
inline constexpr std::size_t filter_posts_max = 1'000;    // of one filter
inline constexpr std::size_t filter_title_characters_max = 256;
inline constexpr std::size_t filter_keyword_characters_max = 512;
inline constexpr std::int64_t filter_seconds_max = 100LL * 365 * 24 * 3600;

inline constexpr std::int64_t new_account_ms = 30LL * 24 * 3600 * 1000;   // for rules about notifications
inline constexpr std::int64_t new_follower_ms = 3LL * 24 * 3600 * 1000;
inline constexpr std::int64_t notification_group_ms = 12LL * 3600 * 1000; // alike within so long are one group
inline constexpr int notification_group_sample = 8;       // accounts that a group names
inline constexpr int notification_group_accounts_max = 80;
inline constexpr int notification_scan_rows = 200;        // read at once for a page of groups …
inline constexpr int notification_scan_rounds = 5;        // … and how often
inline constexpr int unread_notifications = 100;          // counted unless more are asked for
inline constexpr int unread_notifications_max = 1'000;
inline constexpr int farewell_posts = 50;                 // of somebody who is gone, scrubbed in one transaction

}  // namespace kith::limits
