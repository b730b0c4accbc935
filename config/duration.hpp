#pragma once
#include "base/core/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kith {

// "90s", "1m", "12h", "1d", "250ms": a whole number and one unit; not negative, at most 10,000
// days.
std::optional<TimeMs> parse_duration(std::string_view);

// The shortest such text: 60'000 is "1m".
std::string format_duration(TimeMs);

}  // namespace kith
