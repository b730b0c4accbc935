// When and where an Event is: AS2 vocabulary (startTime, endTime, location), with the extensions of
// Mobilizon and of FEP-8a8e (DRAFT).
#include <cmath>
#include <vector>

#include "base/text/strings.hpp"
#include "base/text/time_zones.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/names.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

void add_text(std::vector<std::string>& parts, json::View value) {
    auto text = text_of(value, limits::vocab_name_bytes_max);
    if (!text.empty() && (parts.empty() || parts.back() != text)) parts.push_back(std::move(text));
}

// schema.org's PostalAddress, or its parts written into one text.
std::string address_of(json::View address) {
    std::vector<std::string> parts;
    if (address.is_object())
        for (auto name : {"streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry"})
            add_text(parts, address[name]);
    else
        add_text(parts, address);
    return text::join(parts, ", ");
}

bool is_online(json::View place) {
    if (has_type(place, "VirtualLocation")) return true;
    return place.is_object() && !place["url"].is_nothing() && place["address"].is_nothing() &&
           place["latitude"].is_nothing();
}

// Degrees, where both are some.
void read_coordinates(json::View place, Gathering& gathering) {
    const auto latitude = place["latitude"].maybe_number(), longitude = place["longitude"].maybe_number();
    if (!latitude || !longitude || !(std::abs(*latitude) <= 90) || !(std::abs(*longitude) <= 180)) return;
    gathering.latitude = latitude;
    gathering.longitude = longitude;
}

// Place | VirtualLocation | text, one or many; the first of each counts.
void read_location(json::View location, Gathering& gathering) {
    for (json::View each : location) {
        if (is_online(each)) {
            if (gathering.place_url.empty()) gathering.place_url = page_url_of(each["url"]);
            continue;
        }
        if (!gathering.place.empty() || !gathering.address.empty()) continue;
        gathering.place = text_of(each.is_object() ? each["name"] : each, limits::vocab_name_bytes_max);
        if (!each.is_object()) continue;
        gathering.address = address_of(each["address"]);
        if (gathering.address == gathering.place) gathering.address.clear();
        read_coordinates(each, gathering);
    }
}

// The last part of "https://schema.org/EventCancelled" and of "fep8a8e:EventCancelled".
std::string_view last_part(std::string_view word) {
    const auto cut = word.find_last_of("/#:");
    return cut == word.npos ? word : word.substr(cut + 1);
}

// eventStatus, else what ical has for it (Mobilizon: `ical:status`).
GatheringStatus status_of(json::View event) {
    const auto word = word_of(event["eventStatus"]);
    for (const auto& known : gathering_status_names)
        if (known.name == last_part(word)) return known.type;
    const auto ical = word_of(event.first_of({"ical:status", "status"}));
    if (text::iequals(ical, "cancelled")) return GatheringStatus::cancelled;
    if (text::iequals(ical, "tentative")) return GatheringStatus::tentative;
    return GatheringStatus::scheduled;
}

std::optional<JoinMode> join_mode_of(json::View event) {
    const auto word = word_of(event["joinMode"]);
    for (const auto& known : join_mode_names)
        if (known.name == word) return known.type;
    return std::nullopt;
}

// Of the collection where it says so, else as Mobilizon counts.
std::optional<std::int64_t> attendees_of(json::View event) {
    const auto total = count_of(event["attendees"]["totalItems"]);
    return total ? total : count_of(event["participantCount"]);
}

}  // namespace

std::optional<Gathering> read_gathering(json::View from) {
    Gathering gathering;
    gathering.start = time_of(from["startTime"]);
    gathering.end = time_of(from["endTime"]);
    gathering.shows_end = from["displayEndTime"].maybe_boolean();
    gathering.utc_offset_minutes = utc_offset_minutes_of(word_of(from["startTime"]));
    gathering.time_zone = word_of(from["timezone"]);
    read_location(from["location"], gathering);
    if (gathering.place_url.empty())
        gathering.place_url = page_url_of(from["onlineAddress"]);  // Mobilizon
    gathering.status = status_of(from);
    gathering.join_mode = join_mode_of(from);
    gathering.participation_url = text_of(from["externalParticipationUrl"], limits::vocab_name_bytes_max);
    gathering.capacity = count_of(from["maximumAttendeeCapacity"]);
    gathering.attendees = attendees_of(from);
    gathering.organizer = id_of(from["actor"]);
    if (gathering.organizer == first_id(from["attributedTo"])) gathering.organizer.clear();
    if (!gathering.start && gathering.place.empty() && gathering.address.empty() && gathering.place_url.empty())
        return std::nullopt;
    return gathering;
}

}  // namespace kith::vocab
