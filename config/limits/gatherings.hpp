#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

// Of events that are made here, and where it is said of those of peers.
inline constexpr std::int64_t gathering_ms_max = 31LL * 24 * 3600 * 1000;          // from start to end; peers' are listed so long
inline constexpr std::int64_t gathering_open_ms = 6LL * 3600 * 1000;               // of an open end, until it is over
inline constexpr std::int64_t gathering_ahead_ms_max = 10LL * 366 * 24 * 3600 * 1000;  // from now to its start
inline constexpr std::size_t gathering_place_characters_max = 200;                 // peers' are cut
inline constexpr std::size_t gathering_address_characters_max = 500;               // likewise
inline constexpr std::size_t gathering_url_bytes_max = 2'048;
inline constexpr std::int64_t gathering_capacity_max = 1'000'000;
inline constexpr std::int64_t gathering_count_max = 1'000'000'000;                 // what a peer says is cut to it
inline constexpr int gathering_utc_offset_minutes_max = 14 * 60;
inline constexpr int gathering_requests_max = 1'000;                               // that wait; more are refused
inline constexpr std::int64_t gathering_count_pause_ms = 3 * 60 * 1000;            // between two Updates of the number of attendees
inline constexpr int gathering_told_max = 200;                                     // of a change, in one transaction
inline constexpr int gatherings_page = 20, gatherings_page_max = 40;
inline constexpr int rsvps_page = 40, rsvps_page_max = 80;
inline constexpr int gatherings_on_page_max = 10;                                  // of a group's web page
inline constexpr int gatherings_in_calendar_max = 100;

}  // namespace kith::limits
