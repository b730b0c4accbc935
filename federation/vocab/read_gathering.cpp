// When and where an Event is: AS2 vocabulary (startTime, endTime, location), with the extensions of
// Mobilizon and of FEP-8a8e (DRAFT).
#include <vector>

#include "base/text/strings.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

// Of "…+02:00": 120. Whatever ends otherwise is taken as UTC.
int offset_minutes(std::string_view time) {
    if (time.size() < 6) return 0;
    const auto zone = time.substr(time.size() - 6);
    const bool shaped = (zone[0] == '+' || zone[0] == '-') && text::is_digit(zone[1]) &&
                        text::is_digit(zone[2]) && zone[3] == ':' && text::is_digit(zone[4]) &&
                        text::is_digit(zone[5]);
    if (!shaped) return 0;
    const int minutes = ((zone[1] - '0') * 10 + (zone[2] - '0')) * 60 +
                        (zone[4] - '0') * 10 + (zone[5] - '0');
    return zone[0] == '-' ? -minutes : minutes;
}

void add_text(std::vector<std::string>& parts, json::View value) {
    auto text = text_of(value, limits::vocab_name_bytes_max);
    if (!text.empty() && (parts.empty() || parts.back() != text)) parts.push_back(std::move(text));
}

// schema.org's PostalAddress, or its parts written into one text.
void add_address(std::vector<std::string>& parts, json::View address) {
    if (!address.is_object()) return add_text(parts, address);
    for (auto name : {"streetAddress", "postalCode", "addressLocality", "addressRegion",
                      "addressCountry"})
        add_text(parts, address[name]);
}

// Place | VirtualLocation | text, one or many; the first of each counts.
void read_location(json::View location, Gathering& gathering) {
    for (json::View each : location) {
        const bool online = each.is_object() && !each["url"].is_nothing() &&
                            each["address"].is_nothing() && each["latitude"].is_nothing();
        if (online) {
            if (gathering.place_url.empty()) gathering.place_url = page_url_of(each["url"]);
            continue;
        }
        if (!gathering.place.empty()) continue;
        std::vector<std::string> parts;
        add_text(parts, each.is_object() ? each["name"] : each);
        if (each.is_object()) add_address(parts, each["address"]);
        gathering.place = text::join(parts, ", ");
    }
}

}  // namespace

std::optional<Gathering> read_gathering(json::View from) {
    Gathering gathering;
    gathering.start = time_of(from["startTime"]);
    gathering.end = time_of(from["endTime"]);
    gathering.utc_offset_minutes = offset_minutes(word_of(from["startTime"]));
    read_location(from["location"], gathering);
    if (gathering.place_url.empty())
        gathering.place_url = page_url_of(from["onlineAddress"]);  // Mobilizon
    gathering.cancelled = text::iequals(word_of(from.first_of({"ical:status", "status"})), "cancelled");
    if (!gathering.start && gathering.place.empty() && gathering.place_url.empty())
        return std::nullopt;
    return gathering;
}

}  // namespace kith::vocab
