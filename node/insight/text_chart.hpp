#pragma once
#include "base/core/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Pieces of a report for a terminal.
namespace kith::insight {

// The text without control characters and direction overrides: a remote name must not steer a
// terminal.
std::string plain(std::string_view text);

// Filled up with blanks to `width` characters (not bytes); longer text stays whole.
std::string pad(std::string_view text, std::size_t width);

// `value` of `most` as a bar of at most `width` characters; something is at least a sliver.
std::string bar(double value, double most, std::size_t width);

// "57 %"
std::string percent(double share);

// "0 min", "30 min", "4 h", "20.5 days"
std::string duration(TimeMs time_ms);

// Without the blanks that tables leave at the ends of lines.
std::string trim_line_ends(std::string_view text);

// "1 reply", "2 replies"
std::string counted(std::int64_t count, std::string_view one, std::string_view many);

}  // namespace kith::insight
