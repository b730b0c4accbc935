#pragma once
#include "storage/model/gathering.hpp"

#include <string>

namespace kith::community {

// "2026-06-01 18:00 – 20:00 (UTC+02:00)" as the clocks at its author's place show it; "" without a start.
std::string gathering_time(const model::Gathering&);
// "City park, Park 1, Springfield"
std::string gathering_place(const model::Gathering&);
// "cancelled", "tentative", "postponed"; "" where it is as planned.
std::string_view gathering_state(const model::Gathering&);

// When and where an event is, as a paragraph of HTML before its text: a Status has no place for either. "" where
// nothing is told.
std::string gathering_html(const model::Gathering&);

}  // namespace kith::community
