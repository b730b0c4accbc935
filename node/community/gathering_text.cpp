#include "node/community/gathering_text.hpp"

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

std::string link_to(const std::string& url) {
    const auto escaped = html::escape(url);
    return "<a href=\"" + escaped + "\" rel=\"nofollow noopener noreferrer\">" + escaped + "</a>";
}

}  // namespace

std::string gathering_time(const model::Gathering& g) {
    if (!g.starts_at) return {};
    const auto start = wall_time(*g.starts_at, g.utc_offset_minutes);
    auto out = start;
    if (g.ends_at && g.shows_end) {
        const auto end = wall_time(*g.ends_at, g.utc_offset_minutes);
        const bool same_day = end.substr(0, day_chars) == start.substr(0, day_chars);
        out += " – " + (same_day ? end.substr(day_chars + 1) : end);
    }
    return out + " (" + zone_name(g.utc_offset_minutes) + ")";
}

std::string gathering_place(const model::Gathering& g) {
    if (g.place.empty() || g.address.empty()) return g.place + g.address;
    return g.place + ", " + g.address;
}

std::string_view gathering_state(const model::Gathering& g) {
    switch (g.status) {
        case model::GatheringStatus::cancelled:
            return "cancelled";
        case model::GatheringStatus::tentative:
            return "tentative";
        case model::GatheringStatus::postponed:
            return "postponed";
        case model::GatheringStatus::scheduled:
            break;
    }
    return {};
}

std::string gathering_html(const model::Gathering& g) {
    std::vector<std::string> lines;
    const auto state = gathering_state(g);
    const auto note = state.empty() ? std::string() : " <strong>" + std::string(state) + "</strong>";
    if (const auto time = html::escape(gathering_time(g)); !time.empty())
        lines.push_back("📅 " + (g.status == model::GatheringStatus::cancelled ? "<del>" + time + "</del>" : time) + note);
    else if (!note.empty())
        lines.push_back("📅" + note);
    if (const auto place = gathering_place(g); !place.empty()) lines.push_back("📍 " + html::escape(place));
    if (!g.online_url.empty()) lines.push_back("🔗 " + link_to(g.online_url));
    if (!g.participation_url.empty()) lines.push_back("🎟 " + link_to(g.participation_url));
    return lines.empty() ? std::string() : "<p>" + text::join(lines, "<br>") + "</p>";
}

}  // namespace kith::community
