#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <string>

// Slow mode: how long a member of a group here waits between two threads, and between two comments.
namespace kith::community {

enum class Written { thread, comment };
// How many milliseconds are left at `at`, by this node's clock: when it was written here, or came here. 0 where it may be
// written, which is noted then. The group's team does not wait, nor does anybody in a group elsewhere: that has a host.
Result<TimeMs> wait_in_group(sql::Tx&, const model::Actor& group, Id author, Written, TimeMs at);
// For whoever waits: "… until 2026-11-26T10:00:00.000Z (45 seconds)".
std::string slow_mode_text(Written, TimeMs now, TimeMs wait_ms);

}  // namespace kith::community
