#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

// Entries of a page: by default, and the most a client may ask for (as Mastodon documents them).
inline constexpr int statuses_page = 20;
inline constexpr int statuses_page_max = 40;
inline constexpr int accounts_page = 40;
inline constexpr int accounts_page_max = 80;
inline constexpr int notifications_page = 40;
inline constexpr int notifications_page_max = 80;
inline constexpr int search_page = 20;
inline constexpr int search_page_max = 40;
inline constexpr int search_offset_max = 1'000;
inline constexpr std::size_t search_words_without_max = 5;   // more are passed over
inline constexpr int search_followed_candidates_max = 400;   // of which those followed are kept
inline constexpr std::size_t ids_asked_max = 40;             // of one request; more are left out
inline constexpr std::size_t relationships_asked_max = 200;
inline constexpr int follow_requests_counted_max = 40;
inline constexpr int known_hosts_max = 20'000;
inline constexpr std::size_t idempotency_key_bytes_max = 200;
inline constexpr std::int64_t mute_seconds_max = 100LL * 365 * 24 * 3600;

inline constexpr int domains_page = 100;      // hosts, hashtags
inline constexpr int domains_page_max = 200;

}  // namespace kith::limits
