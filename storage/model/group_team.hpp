#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

// What somebody is in a group's team, least power first. Numbers are stored. Moderators and operators are
// those that groups of every server have; the others are of kith alone. `node` and `rule` say in the log
// under which authority an act was done; nobody is given them.
enum class TeamRole { none = 0, greeter = 1, host = 2, steward = 3, moderator = 4, operator_ = 5, node = 6, rule = 7 };

// What somebody says against an act that they lost something by: once for each act.
struct GroupAppeal {
    Id id = 0, act_id = 0, group_id = 0, actor_id = 0;
    std::string text;    // plain
    TimeMs at = 0;
    std::optional<TimeMs> decided_at;
    std::optional<Id> decided_by_id;
    bool accepted = false;
    std::string answer;  // why it was refused, or what was said with the undoing
};

// What a team keeps about somebody, for itself.
struct GroupNote {
    Id id = 0, group_id = 0, actor_id = 0, author_id = 0;
    std::string text;
    TimeMs at = 0;
};

// A ban for good that waits for a second moderator; until then it is a time-out.
struct BanProposal {
    Id id = 0, group_id = 0, target_id = 0, act_id = 0, proposer_id = 0;
    TimeMs at = 0;
    std::optional<TimeMs> decided_at;
    std::optional<Id> decided_by_id;  // nobody: the ban was taken back
};

// What a rule looks for and what it does. Numbers are stored.
enum class AutoRuleKind { words = 0, domains = 1, newcomers = 2 };
enum class AutoRuleAction { hold = 0, remove = 1, report = 2 };

struct AutoRule {
    Id id = 0, group_id = 0;
    AutoRuleKind kind = AutoRuleKind::words;
    AutoRuleAction action = AutoRuleAction::hold;
    std::vector<std::string> terms;  // words as fold() gives them, or hosts
    int days = 0, posts = 0;         // of newcomers: the account is younger, or it has fewer posts here
    std::string reason;              // what its acts say
    bool enabled = false;
    std::optional<TimeMs> tried_at;  // when somebody looked at what it would have done, as it is now
    TimeMs at = 0;
};

// A post that only its author and the team see. `refused`: it was looked at, or a rule did so.
struct HeldPost {
    Id post_id = 0, group_id = 0;
    bool refused = false;
    std::string why;                 // plain
    std::optional<Id> rule_id;
    std::string activity_id, activity;  // of a remote author: the Create as it came
    TimeMs at = 0;
};

}  // namespace kith::model
