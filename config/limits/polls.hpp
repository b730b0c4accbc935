#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

// Of polls that are made here; peers' are bounded by post_poll_options_max.
inline constexpr std::size_t poll_options_min = 2;
inline constexpr std::size_t poll_options_max = 10;
inline constexpr std::size_t poll_option_characters_max = 100;
inline constexpr std::int64_t poll_seconds_min = 300;
inline constexpr std::int64_t poll_seconds_max = 2'629'746;  // a month, as Mastodon has it
inline constexpr std::int64_t poll_results_pause_ms = 3 * 60 * 1000;  // between two Updates of a poll
inline constexpr std::int64_t poll_count_max = 1'000'000'000;  // what a peer says is cut to it
inline constexpr int poll_voters_told_max = 200;  // of its end, in one transaction

}  // namespace kith::limits
