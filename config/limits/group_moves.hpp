#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

// What the new host of a group reads at the old one, page by page.
inline constexpr int moving_members_page = 500;
inline constexpr int moving_posts_page = 20;
inline constexpr int moving_votes_page = 200;
inline constexpr int moving_log_page = 50;
inline constexpr std::size_t moving_page_bytes_max = 600 * 1024;   // then the next page begins
inline constexpr int arrival_fetches_per_page = 200;               // authors, and posts of third hosts
inline constexpr int arrival_items_per_page_max = 1'000;           // of a page of whatever host
inline constexpr std::int64_t arrival_items_max = 10'000'000;      // of a whole group
inline constexpr int arrival_item_bytes_max = 64 * 1024;           // of what is kept to be asked for again
inline constexpr int arrival_impatient_after = 3;                  // failures of a page; then what fails is left out
inline constexpr int arrival_attempts_max = 40;                    // failures in a row; then nobody tries any more
inline constexpr std::int64_t arrival_retry_ms = 1'000;            // after the first failure, then twice as long …
inline constexpr std::int64_t arrival_retry_ms_max = 10LL * 60 * 1000;
inline constexpr std::int64_t arrival_again_ms = 5'000;            // posts that could not be had, the first time
inline constexpr std::int64_t arrival_wait_ms = 7LL * 24 * 3600 * 1000;  // for such posts
inline constexpr int group_moves_listed_max = 500;
inline constexpr int rehomed_posts_per_write = 150;
inline constexpr int removed_thread_posts_max = 1'000;             // that leave a group with their thread
inline constexpr int rehomed_rows_per_write = 400;                 // lines of the log and bans

}  // namespace kith::limits
