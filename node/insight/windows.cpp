#include "node/insight/windows.hpp"

namespace kith::insight {

Window last_days(TimeMs end, int days) { return {end - days * day_ms, end}; }

TimeMs week_start(TimeMs t) {
    constexpr TimeMs first_monday = 4 * day_ms;  // 1970-01-05
    const TimeMs past = (t - first_monday) % week_ms;
    return t - (past < 0 ? past + week_ms : past);
}

std::string format_date(TimeMs t) { return format_iso8601(t).substr(0, 10); }

}  // namespace kith::insight
