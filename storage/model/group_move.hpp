#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// How far the move of a group between hosts is. Numbers are stored.
enum class GroupMoveState {
    offered = 0,  // leaves: nothing changes in it any more, its new host was asked to take it over
    moved = 1,    // leaves: everybody was told; its posts here are being put into the new group
    done = 2,     // of both: nothing is left to do
    copying = 3,  // arrives: what is in it is read from the old host
    copied = 4,   // arrives: the old host was told; what could not be had yet is asked for again
};

// Of a group here: that it leaves for another host, or takes over one of another host.
struct GroupMove {
    Id group_id = 0;
    bool arrives = false;
    Id other_id = 0;  // its new place, or the group that it takes over
    GroupMoveState state = GroupMoveState::offered;
    std::string ap_id;  // of the Offer
    int part = 0;       // of what is copied, the collection that is being read …
    std::string page;   // … and its next page; "" = its first
    int attempts = 0;   // failures in a row
    std::int64_t copied = 0;
    std::string error;  // the last failure, plain text
    TimeMs started_at = 0;
    std::optional<TimeMs> moved_at;  // when everybody was told
};

}  // namespace kith::model
