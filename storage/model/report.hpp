#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

// What somebody told the moderators about an account: a member here, or another host by its Flag.
// Of a remote report only the host is shown, not which person there made it.
struct Report {
    Id id = 0;
    std::string ap_id;               // of the Flag it came by, or goes out by; "" where there is none
    std::string origin_host;         // "" for one made here
    Id reporter_id = 0;              // the member; of a remote one an application actor
    Id target_id = 0;                // the account reported
    std::string category = "other";  // spam, legal, violation, other
    std::string comment;             // plain text
    std::vector<Id> rule_ids;        // of a violation: which of the node's rules
    bool forwarded = false;          // also told to other hosts
    std::optional<Id> assigned_id;   // the moderator who looks after it
    TimeMs created_at = 0, updated_at = 0;
    std::optional<TimeMs> resolved_at;
    std::optional<Id> resolved_by_id;  // nothing: from the command line
    std::optional<Id> group_id = {};   // whose moderators look after it, too
    std::string flag_actor = {};       // AP id of the Flag's actor: what a Resolve repeats, shown to nobody
};

// A post as it was when it was reported.
struct ReportedText {
    Id post_id = 0;
    std::string title, text;  // plain
};

}  // namespace kith::model
