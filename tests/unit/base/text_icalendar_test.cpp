// RFC 5545, and names of time zones.
#include "base/text/icalendar.hpp"
#include "base/text/time_zones.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace kith;
using icalendar::Event;

namespace {

constexpr TimeMs evening = 1'780'329'600'000;  // 2026-06-01T16:00:00Z

Event party() {
    return {.uid = "https://b.example/post/1",
            .summary = "Summer party",
            .location = "City park, Park 1",
            .url = "https://b.example/@ann/1",
            .starts_at = evening,
            .ends_at = evening + 2 * hour_ms,
            .changed_at = evening - day_ms,
            .sequence = 3,
            .geo = {}};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        BOOST_REQUIRE(end != text.npos);
        lines.push_back(text.substr(at, end - at));
        at = end + 2;
    }
    return lines;
}

std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != text.npos; at = text.find("\r\n ")) text.erase(at, 3);
    return text;
}

std::string calendar_of(const Event& event) { return icalendar::calendar("Garden", std::vector{event}); }

bool has_line(const Event& event, const std::string& line) {
    return unfolded(calendar_of(event)).find("\r\n" + line + "\r\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_icalendar)

BOOST_AUTO_TEST_CASE(an_event_is_written_whole) {
    const std::string expected =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kith//kith//EN\r\nNAME:Garden\r\nX-WR-CALNAME:Garden\r\n"
        "BEGIN:VEVENT\r\nUID:https://b.example/post/1\r\nDTSTAMP:20260531T160000Z\r\nLAST-MODIFIED:20260531T160000Z\r\n"
        "DTSTART:20260601T160000Z\r\nDTEND:20260601T180000Z\r\nSUMMARY:Summer party\r\n"
        "LOCATION:City park\\, Park 1\r\nURL:https://b.example/@ann/1\r\nSTATUS:CONFIRMED\r\nSEQUENCE:3\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n";
    BOOST_TEST(calendar_of(party()) == expected);
}

BOOST_AUTO_TEST_CASE(an_open_end_has_none_and_a_state_is_told) {
    auto event = party();
    event.ends_at.reset();
    BOOST_TEST(calendar_of(event).find("DTEND") == std::string::npos);
    event.status = icalendar::Status::cancelled;
    BOOST_TEST(has_line(event, "STATUS:CANCELLED"));
    event.status = icalendar::Status::tentative;
    BOOST_TEST(has_line(event, "STATUS:TENTATIVE"));
    event.geo = {52.52, -13.4};
    BOOST_TEST(has_line(event, "GEO:52.520000;-13.400000"));
}

BOOST_AUTO_TEST_CASE(texts_are_escaped) {
    auto event = party();
    event.summary = "Tea; cake, \\o/\nBring\x01 a\r\ncup";
    BOOST_TEST(has_line(event, "SUMMARY:Tea\\; cake\\, \\\\o/\\nBring a\\ncup"));
    event.url = "https://b.example/\r\nATTENDEE:x";
    BOOST_TEST(calendar_of(event).find("\r\nATTENDEE") == std::string::npos);
    BOOST_TEST(has_line(event, "URL:https://b.example/ATTENDEE:x"));
}

BOOST_AUTO_TEST_CASE(long_lines_are_folded_between_characters) {
    auto event = party();
    for (int i = 0; i < 60; ++i) event.description += "grün ";
    const auto text = calendar_of(event);
    for (const auto& line : lines_of(text)) {
        BOOST_TEST(line.size() <= 75u);
        BOOST_TEST((static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xC0) != 0x80);
    }
    BOOST_TEST(unfolded(text).find("DESCRIPTION:" + event.description) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(time_zones_have_ianas_names) {
    for (auto name : {"Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/UTC", "UTC", "Asia/Calcutta"})
        BOOST_TEST(is_time_zone(name), name);
    for (auto name : {"", "Europe/berlin", "Berlin", "CEST", "Europe/Berlin ", "../etc/passwd", "+02:00"})
        BOOST_TEST(!is_time_zone(name), name);
}

BOOST_AUTO_TEST_CASE(a_time_says_in_which_zone_it_was_written) {
    BOOST_TEST(utc_offset_minutes_of("2026-06-01T18:00:00+02:00") == 120);
    BOOST_TEST(utc_offset_minutes_of("2026-06-01T18:00:00-03:30") == -210);
    BOOST_TEST(utc_offset_minutes_of("2026-06-01T18:00:00Z") == 0);
    BOOST_TEST(utc_offset_minutes_of("+2") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
