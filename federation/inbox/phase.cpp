#include "federation/inbox/phase.hpp"

namespace kith::inbox {

std::string_view to_string(Phase phase) {
    switch (phase) {
        case Phase::framed:
            return "framed";
        case Phase::screened:
            return "screened";
        case Phase::parsed:
            return "parsed";
        case Phase::digested:
            return "digested";
        case Phase::keyed:
            return "keyed";
        case Phase::verified:
            return "verified";
        case Phase::accepted:
            return "accepted";
        case Phase::authorized:
            return "authorized";
        case Phase::resolved:
            return "resolved";
        case Phase::applied:
            return "applied";
        case Phase::surfaced:
            return "surfaced";
        case Phase::forwarded:
            return "forwarded";
    }
    return "";
}

}  // namespace kith::inbox
