#pragma once
#include "base/core/ids.hpp"
#include "storage/model/group_team.hpp"

#include <optional>
#include <string>

namespace kith::model {

// What moderators do in a group. Numbers are stored. The second of each pair takes the first back.
enum class GroupActKind {
    remove_post = 0,
    restore_post = 1,
    lock_post = 2,       // nobody comments any more below it
    unlock_post = 3,
    feature_post = 4,    // shown first
    unfeature_post = 5,
    ban = 6,             // may neither post nor vote there
    unban = 7,
    add_moderator = 8,
    remove_moderator = 9,
    warn = 10,           // about a post, or a person
    withdraw_warning = 11,
    ask_edit = 12,       // the author is asked to change a post
    close_edit_request = 13,
    hold_post = 14,      // by a rule of the group
    approve_post = 15,
    give_role = 16,      // below the moderators
    take_role = 17,
    // Of a thread, a line in each of two groups of one host:
    move_thread_away = 18,
    move_thread_here = 19,
    change_group = 20,   // its settings, rules or tags; the reason says which. Nothing takes it back
    fold_post = 22,      // a comment is shown folded, with the reason
    unfold_post = 23,
    // Of somebody else's thread; what authors do in their own is in no log:
    choose_answer = 24,
    unchoose_answer = 25,
};

constexpr bool takes_back(GroupActKind kind) { return int(kind) % 2 == 1; }
constexpr GroupActKind counterpart(GroupActKind kind) { return GroupActKind(int(kind) ^ 1); }

// What other servers are told as acts; the rest is known where the group is, or told by an event of its own.
constexpr bool federates(GroupActKind kind) {
    return kind <= GroupActKind::withdraw_warning || kind == GroupActKind::ask_edit || kind == GroupActKind::fold_post ||
           kind == GroupActKind::unfold_post;
}

// One of them: a line of the group's open log.
struct GroupAct {
    Id id = 0;
    GroupActKind kind = GroupActKind::remove_post;
    Id group_id = 0, moderator_id = 0;
    std::optional<Id> post_id, target_id;  // what it is about: a post and its author, or a person
    std::string reason;                    // plain text
    std::optional<TimeMs> expires_at;      // of a ban
    bool with_posts = false;               // of a ban: what they posted there goes, too; of its end: that comes back
    std::string ap_id;                     // of the activity
    std::optional<Id> undoes_id;           // the act that it takes back, where it is known
    TimeMs at = 0;
    std::string rule = {};                 // the rule that was broken, as it was worded then
    TeamRole role = TeamRole::none;        // under which it was done; none: not known
    TeamRole given_role = TeamRole::none;  // of give_role and take_role
    bool quiet = false;                    // seen by whom it is about and the team only
};

// A ban that is called a time-out: one that ends soon.
constexpr bool is_time_out(const GroupAct& act, TimeMs longest_ms) {
    return act.kind == GroupActKind::ban && act.expires_at && *act.expires_at - act.at <= longest_ms;
}

struct GroupBan {
    Id group_id = 0, actor_id = 0;
    std::string ap_id;  // of the Block
    std::optional<TimeMs> expires_at;
    TimeMs at = 0;
};

}  // namespace kith::model
