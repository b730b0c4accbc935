#pragma once
#include <string_view>

namespace kith {

// Whether IANA's time zone database has a zone of this very name ("Europe/Berlin", "Etc/UTC", "UTC").
bool is_time_zone(std::string_view name);

// In which an RFC 3339 time is written, in minutes east of UTC: of "…+02:00" 120. What ends otherwise is UTC.
int utc_offset_minutes_of(std::string_view time);

}  // namespace kith
