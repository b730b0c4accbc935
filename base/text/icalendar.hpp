#pragma once
#include "base/core/clock.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// Calendars as text (RFC 5545).
namespace kith::icalendar {

enum class Status { confirmed, tentative, cancelled };  // 3.8.1.11

// A VEVENT. Texts are plain and may have line breaks; addresses are URLs. Times are written in UTC, which needs no
// VTIMEZONE (3.3.5).
struct Event {
    std::string uid;  // the same for as long as there is the event (3.8.4.7)
    std::string summary, description, location, url;
    TimeMs starts_at = 0;
    std::optional<TimeMs> ends_at;
    TimeMs changed_at = 0;  // DTSTAMP and LAST-MODIFIED (3.8.7.2)
    std::int64_t sequence = 0;
    Status status = Status::confirmed;
    std::optional<std::pair<double, double>> geo;  // latitude and longitude, degrees
};

// A whole VCALENDAR with that name, its lines folded at 75 octets between code points (3.1).
std::string calendar(std::string_view name, std::span<const Event>);

}  // namespace kith::icalendar
