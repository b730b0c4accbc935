#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

// What somebody told the moderators about an account: a member here, or another host by its Flag.
// Of a remote report only the host is kept, not which person there made it.
struct Report {
    Id id = 0;
    std::string ap_id;               // of the Flag it came by; "" for one made here
    std::string origin_host;         // "" for one made here
    Id reporter_id = 0;              // the member; of a remote one an application actor
    Id target_id = 0;                // the account reported
    std::string category = "other";  // spam, legal, violation, other
    std::string comment;             // plain text
    bool forwarded = false;          // also told to other hosts
    std::optional<Id> assigned_id;   // the moderator who looks after it
    TimeMs created_at = 0, updated_at = 0;
    std::optional<TimeMs> resolved_at;
    std::optional<Id> resolved_by_id;  // nothing: from the command line
};

}  // namespace kith::model
