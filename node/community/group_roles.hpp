#pragma once
#include "storage/model/actor.hpp"
#include "storage/model/group_act.hpp"

#include <array>
#include <initializer_list>
#include <string_view>

// Who may do what in a group: the one table, least power first. What stands here is asked at the one gate
// (group_team.hpp: require_right) and shown by the API. Pure.
namespace kith::community {

enum class GroupRight {
    let_in = 0,        // say who joins, where a group asks for that
    feature,           // show posts first
    ask_edit,          // ask an author to change a post
    see_reports,       // … and resolve them
    note,              // keep notes about members
    warn,
    lock,
    approve,           // let posts out that wait, or not
    remove,            // posts
    ban,               // also for a time
    decide_appeals,
    appoint_helpers,   // greeters, hosts, stewards
    appoint_moderators,
    set_rules,         // those that act by themselves
    fold,              // show a comment folded
    choose_answer,     // in threads of others
};
inline constexpr std::size_t group_rights_count = 16;

struct GroupRightRow {
    GroupRight right;
    std::string_view name;
    model::TeamRole from;  // this role and all above it
};

inline constexpr std::array<GroupRightRow, group_rights_count> group_rights{{
    {GroupRight::let_in, "let_in", model::TeamRole::greeter},
    {GroupRight::feature, "feature", model::TeamRole::host},
    {GroupRight::ask_edit, "ask_edit", model::TeamRole::host},
    {GroupRight::see_reports, "see_reports", model::TeamRole::steward},
    {GroupRight::note, "note", model::TeamRole::steward},
    {GroupRight::warn, "warn", model::TeamRole::steward},
    {GroupRight::lock, "lock", model::TeamRole::steward},
    {GroupRight::approve, "approve", model::TeamRole::steward},
    {GroupRight::remove, "remove", model::TeamRole::moderator},
    {GroupRight::ban, "ban", model::TeamRole::moderator},
    {GroupRight::decide_appeals, "decide_appeals", model::TeamRole::moderator},
    {GroupRight::appoint_helpers, "appoint_helpers", model::TeamRole::moderator},
    {GroupRight::appoint_moderators, "appoint_moderators", model::TeamRole::moderator},
    {GroupRight::set_rules, "set_rules", model::TeamRole::moderator},
    {GroupRight::fold, "fold", model::TeamRole::steward},
    {GroupRight::choose_answer, "choose_answer", model::TeamRole::steward},
}};

// Moderators of the node stand in for those of its groups; rules of a group hold posts, take them out and report them.
constexpr bool may(model::TeamRole role, GroupRight right) {
    if (role == model::TeamRole::rule) return right == GroupRight::approve || right == GroupRight::remove;
    return role != model::TeamRole::none && role >= group_rights[std::size_t(right)].from;
}

// An act and its undoing ask for the same right.
constexpr GroupRight right_for(model::GroupActKind kind) {
    using enum model::GroupActKind;
    switch (kind) {
        case remove_post:
        case restore_post:
            return GroupRight::remove;
        case lock_post:
        case unlock_post:
            return GroupRight::lock;
        case feature_post:
        case unfeature_post:
            return GroupRight::feature;
        case ban:
        case unban:
            return GroupRight::ban;
        case add_moderator:
        case remove_moderator:
            return GroupRight::appoint_moderators;
        case warn:
        case withdraw_warning:
            return GroupRight::warn;
        case ask_edit:
        case close_edit_request:
            return GroupRight::ask_edit;
        case hold_post:
        case approve_post:
            return GroupRight::approve;
        case give_role:
        case take_role:
            return GroupRight::appoint_helpers;
        case fold_post:
        case unfold_post:
            return GroupRight::fold;
        case choose_answer:
        case unchoose_answer:
            return GroupRight::choose_answer;
        case move_thread_away:
        case move_thread_here:
        case change_group:  // judged where they are done (thread_moves.hpp, groups.hpp)
            break;
    }
    return GroupRight::ban;
}

inline constexpr std::array<std::string_view, 8> team_role_names{"none",      "greeter",  "host", "steward",
                                                                 "moderator", "operator", "node_moderator", "rule"};
constexpr std::string_view team_role_name(model::TeamRole role) { return team_role_names[std::size_t(role)]; }
constexpr model::TeamRole team_role_from(std::string_view name) {
    for (std::size_t i = 1; i < team_role_names.size(); ++i)
        if (team_role_names[i] == name) return model::TeamRole(i);
    return model::TeamRole::none;
}
// Roles that are given by appointing a helper.
constexpr bool is_helper(model::TeamRole role) {
    return role >= model::TeamRole::greeter && role <= model::TeamRole::steward;
}

}  // namespace kith::community
