#pragma once
#include "base/core/result.hpp"
#include "federation/delivery/activities.hpp"

#include <set>
#include <span>
#include <string>

namespace kith::delivery {

// How far the rows of an event's activities are made, where they are too many for one transaction.
struct Cursor {
    std::size_t activity = 0;
    std::string host, inbox;  // the last recipient served; "" = none
};

struct Queued {
    int rows = 0;  // written, of all tables
    bool complete = false;
    Cursor next;                  // where it is not
    std::set<std::string> hosts;  // that got rows
};

// Stores the activities and a row for each of their recipients, at most about `rows_max` rows, with
// post_reach. No rows for hosts that are gone, or that have failed for so long that only
// peer.resume_after is kept for them. May be repeated: nothing is queued twice.
Result<Queued> queue_activities(sql::Tx&, const Context&, std::span<const Outgoing>, Cursor,
                                int rows_max);

// Makes the rows that a peer was not made while it was away, for at most `activities_max`
// activities. True when it has all: then rows are made for it again as they come.
Result<bool> resume_peer(sql::Tx&, const Context&, const std::string& host, int activities_max);

}  // namespace kith::delivery
