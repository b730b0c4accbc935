#include "base/text/icalendar.hpp"

#include <fmt/format.h>

namespace kith::icalendar {

namespace {

constexpr std::size_t line_octets_max = 75;  // without the line break (3.1)

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// 3.1: a long line goes on behind a line break and one space, which counts.
void add_line(std::string& out, std::string_view line) {
    std::size_t room = line_octets_max;
    while (line.size() > room) {
        auto cut = room;
        while (cut > 0 && is_continuation(line[cut])) --cut;
        out.append(line.substr(0, cut)).append("\r\n ");
        line.remove_prefix(cut);
        room = line_octets_max - 1;
    }
    out.append(line).append("\r\n");
}

// 3.3.11; control characters have no place in a text.
std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\' || c == ';' || c == ',')
            (out += '\\') += c;
        else if (c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f))
            out += c;
    }
    return out;
}

// A URL has none of the characters that would end its line.
std::string bare(std::string_view url) {
    std::string out;
    for (const char c : url)
        if (static_cast<unsigned char>(c) > 0x20 && c != 0x7f) out += c;
    return out;
}

// "20260601T160000Z" (3.3.5, form 2)
std::string utc(TimeMs at) {
    std::string out;
    for (const char c : format_iso8601(at).substr(0, 19))
        if (c != '-' && c != ':') out += c;
    return out + "Z";
}

std::string_view name_of(Status status) {
    switch (status) {
        case Status::cancelled:
            return "CANCELLED";
        case Status::tentative:
            return "TENTATIVE";
        case Status::confirmed:
            break;
    }
    return "CONFIRMED";
}

void add_text(std::string& out, std::string_view name, std::string_view text) {
    if (!text.empty()) add_line(out, std::string(name) + ":" + escaped(text));
}

void add_event(std::string& out, const Event& e) {
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:" + escaped(e.uid));
    add_line(out, "DTSTAMP:" + utc(e.changed_at));
    add_line(out, "LAST-MODIFIED:" + utc(e.changed_at));
    add_line(out, "DTSTART:" + utc(e.starts_at));
    if (e.ends_at) add_line(out, "DTEND:" + utc(*e.ends_at));
    add_text(out, "SUMMARY", e.summary);
    add_text(out, "DESCRIPTION", e.description);
    add_text(out, "LOCATION", e.location);
    if (e.geo) add_line(out, fmt::format("GEO:{:.6f};{:.6f}", e.geo->first, e.geo->second));
    if (!e.url.empty()) add_line(out, "URL:" + bare(e.url));
    add_line(out, "STATUS:" + std::string(name_of(e.status)));
    add_line(out, "SEQUENCE:" + std::to_string(e.sequence));
    add_line(out, "END:VEVENT");
}

}  // namespace

std::string calendar(std::string_view name, std::span<const Event> events) {
    std::string out;
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_line(out, "PRODID:-//kith//kith//EN");
    // RFC 7986, 5.1, and the older name that most programs read.
    add_text(out, "NAME", name);
    add_text(out, "X-WR-CALNAME", name);
    for (const auto& event : events) add_event(out, event);
    add_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace kith::icalendar
