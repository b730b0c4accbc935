// What an Event has beside its text (FEP-8a8e, DRAFT), and how Mobilizon reads the same.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "federation/vocab/names.hpp"
#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {
namespace {

constexpr std::size_t seconds_chars = 19;  // "2026-06-01T18:00:00"

// RFC 3339 as the clocks at its author's place show it.
std::string with_offset(TimeMs at, int utc_offset_minutes) {
    auto text = format_iso8601(at + utc_offset_minutes * minute_ms).substr(0, seconds_chars);
    if (utc_offset_minutes == 0) return text + "Z";
    const int minutes = std::abs(utc_offset_minutes);
    return text + fmt::format("{}{:02}:{:02}", utc_offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void write_place(json::Writer& w, const Gathering& g) {
    w.object().member("type", "Place").member("name", g.place.empty() ? g.address : g.place);
    w.member_unless_empty("address", g.address);
    if (g.latitude && g.longitude) w.member("latitude", *g.latitude).member("longitude", *g.longitude);
    w.end();
}

void write_online(json::Writer& w, const Gathering& g) {
    w.object().member("type", "VirtualLocation").member("name", g.place_url).member("url", g.place_url).end();
}

// One by itself, since not everybody reads lists here; both as a list.
void write_location(json::Writer& w, const Gathering& g) {
    const bool held_somewhere = !g.place.empty() || !g.address.empty() || g.latitude, online = !g.place_url.empty();
    if (!held_somewhere && !online) return;
    w.key("location");
    if (held_somewhere && online) w.array();
    if (held_somewhere) write_place(w, g);
    if (online) write_online(w, g);
    if (held_somewhere && online) w.end();
}

std::string_view ical_status(GatheringStatus status) {
    switch (status) {
        case GatheringStatus::cancelled:
            return "CANCELLED";
        case GatheringStatus::tentative:
        case GatheringStatus::postponed:
            return "TENTATIVE";
        case GatheringStatus::scheduled:
            break;
    }
    return "CONFIRMED";
}

void write_answers(json::Writer& w, const Gathering& g) {
    if (g.join_mode) w.member("joinMode", name_of(*g.join_mode, join_mode_names));
    w.member_unless_empty("externalParticipationUrl", g.participation_url);
    if (g.capacity) {
        w.member("maximumAttendeeCapacity", *g.capacity);
        w.member("remainingAttendeeCapacity", std::max<std::int64_t>(0, *g.capacity - g.attendees.value_or(0)));
    }
    if (!g.attendees || g.attendees_id.empty()) return;
    w.member("participantCount", *g.attendees);
    w.key("attendees").object().member("type", "Collection").member("id", g.attendees_id);
    w.member("totalItems", *g.attendees).end();
}

}  // namespace

void write_gathering(json::Writer& w, const Post& post) {
    const auto& g = *post.gathering;
    if (g.start) w.member("startTime", with_offset(*g.start, g.utc_offset_minutes));
    if (g.end) w.member("endTime", with_offset(*g.end, g.utc_offset_minutes));
    if (g.shows_end && !*g.shows_end) w.member("displayEndTime", false);
    w.member_unless_empty("timezone", g.time_zone);
    write_location(w, g);
    w.member("eventStatus", name_of(g.status, gathering_status_names)).member("ical:status", ical_status(g.status));
    write_answers(w, g);
    w.key("organizers").object().member("type", "Collection").member("totalItems", 1);
    w.key("items").array().value(post.attributed_to).end().end();
}

}  // namespace kith::vocab
