#pragma once
#include "base/json/view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kith::inbox {

// Where an activity stands in line. Activities with one `key` are applied one after the other; one
// by (actor, object) waits for those of that object before it as well (a Like for the Create); a
// barrier waits for all that its actor sent before it, and all that comes later waits for it.
struct Lane {
    std::string key;
    std::string
        inner_actor;  // of an announced activity: a barrier of that actor waits for it as well
    bool barrier = false;

    // As it stands in inbox_activity.lane, and back.
    std::string text() const;
    static Lane parse(std::string_view text);
    friend bool operator==(const Lane&, const Lane&) = default;
};

// The activity of somebody else that this one brings: in an Announce (FEP-1b12) or an Add (FEP-171b).
std::optional<json::View> spread_activity(json::View activity);

// The object for what its owner does to it (Create, Update, Delete); (actor, object) for what
// actors do to others' (Follow, Like …) and the Undo of it; of an announced activity that
// activity's own, so that one slow fetch does not stop a whole group. Barriers are Delete and Move
// of the actor itself, and an Undo that does not say of what. Pure; reads any document without
// failing.
Lane lane_of(json::View activity);

}  // namespace kith::inbox
