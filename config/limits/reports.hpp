#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t report_comment_characters_max = 1'000;  // more of a Flag's is cut off
inline constexpr std::size_t report_posts_max = 100;
inline constexpr std::size_t report_targets_max = 8;         // accounts that one Flag is about; more are left out
inline constexpr std::size_t report_forwards_max = 16;       // hosts that one report is told to
inline constexpr std::int64_t reports_open_per_host_max = 500;   // unhandled Flags of one host
inline constexpr int reports_page = 100;
inline constexpr int reports_page_max = 200;

}  // namespace kith::limits
