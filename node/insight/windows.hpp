#pragma once
#include "base/core/clock.hpp"

#include <string>

// Spans of time. UTC throughout; windows are half-open, so that an event at midnight belongs to the
// day that begins.
namespace kith::insight {

struct Window {
    TimeMs start = 0;
    TimeMs end = 0;  // not in the window

    bool contains(TimeMs t) const { return start <= t && t < end; }
    bool operator==(const Window&) const = default;
};

inline constexpr TimeMs week_ms = 7 * day_ms;
inline constexpr int default_window_days = 28;  // four whole weeks: weekdays weigh alike
inline constexpr int long_window_days = 91;     // thirteen weeks, for what needs many events

// The `days` days before `end`.
Window last_days(TimeMs end, int days);

// Monday 00:00 of the ISO week that holds t.
TimeMs week_start(TimeMs t);

// "2026-01-05"
std::string format_date(TimeMs t);

}  // namespace kith::insight
