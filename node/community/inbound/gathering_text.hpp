#pragma once
#include "federation/vocab/objects.hpp"

#include <string>

namespace kith::community {

// When and where an Event is, as a paragraph of HTML before its text: a Status has no place for
// either. The time is its author's own, with its distance from UTC. "" where nothing is told.
std::string gathering_html(const vocab::Gathering&);

}  // namespace kith::community
