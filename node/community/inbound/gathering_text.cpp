#include "node/community/inbound/gathering_text.hpp"

#include "base/html/escape.hpp"
#include "base/text/strings.hpp"

#include <cstdio>
#include <vector>

namespace kith::community {
namespace {

constexpr std::size_t day_chars = 10;      // "2026-06-01"
constexpr std::size_t minutes_chars = 16;  // "2026-06-01T18:00"

// "2026-06-01 18:00" as the clocks at its author's place show it.
std::string wall_time(TimeMs at, int utc_offset_minutes) {
    auto text = format_iso8601(at + utc_offset_minutes * minute_ms).substr(0, minutes_chars);
    if (text.size() > day_chars) text[day_chars] = ' ';
    return text;
}

std::string zone_name(int utc_offset_minutes) {
    if (utc_offset_minutes == 0) return "UTC";
    const int minutes = std::abs(utc_offset_minutes);
    char out[16];
    std::snprintf(out, sizeof out, "UTC%c%02d:%02d", utc_offset_minutes < 0 ? '-' : '+',
                  minutes / 60, minutes % 60);
    return out;
}

std::string when(const vocab::Gathering& gathering) {
    const auto start = wall_time(*gathering.start, gathering.utc_offset_minutes);
    auto out = start;
    if (gathering.end && *gathering.end > *gathering.start) {
        const auto end = wall_time(*gathering.end, gathering.utc_offset_minutes);
        const bool same_day = end.substr(0, day_chars) == start.substr(0, day_chars);
        out += " – " + (same_day ? end.substr(day_chars + 1) : end);
    }
    return out + " (" + zone_name(gathering.utc_offset_minutes) + ")";
}

}  // namespace

std::string gathering_html(const vocab::Gathering& gathering) {
    std::vector<std::string> lines;
    if (gathering.start) {
        auto time = html::escape(when(gathering));
        lines.push_back("📅 " + (gathering.cancelled ? "<del>" + time + "</del>" : time));
    }
    if (!gathering.place.empty()) lines.push_back("📍 " + html::escape(gathering.place));
    if (!gathering.place_url.empty()) {
        const auto url = html::escape(gathering.place_url);
        lines.push_back("🔗 <a href=\"" + url + "\">" + url + "</a>");
    }
    return lines.empty() ? std::string() : "<p>" + text::join(lines, "<br>") + "</p>";
}

}  // namespace kith::community
