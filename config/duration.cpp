#include "config/duration.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace kith {

namespace {

constexpr TimeMs duration_ms_max = 10'000 * day_ms;
constexpr std::array<std::pair<std::string_view, TimeMs>, 5> units{
    {{"d", day_ms}, {"h", hour_ms}, {"m", minute_ms}, {"s", second_ms}, {"ms", 1}}};

}  // namespace

std::optional<TimeMs> parse_duration(std::string_view text) {
    TimeMs number = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc{} || text.front() == '-') return std::nullopt;
    const std::string_view unit(parsed.ptr, std::size_t(end - parsed.ptr));
    for (const auto& [name, ms] : units)
        if (unit == name && number <= duration_ms_max / ms) return number * ms;
    return std::nullopt;
}

std::string format_duration(TimeMs ms) {
    if (ms == 0) return "0s";
    for (const auto& [name, unit_ms] : units)
        if (ms % unit_ms == 0) return std::to_string(ms / unit_ms) + std::string(name);
    return std::to_string(ms) + "ms";
}

}  // namespace kith
