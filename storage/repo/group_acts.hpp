#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_act.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// The open log of what moderators do in groups, and what it comes to.
namespace kith::repo {

Result<bool> add_group_act(sql::Tx&, const model::GroupAct&);  // false where its activity is there
Result<std::optional<model::GroupAct>> find_group_act(sql::Tx&, Id);
Result<std::optional<model::GroupAct>> find_group_act_by_ap_id(sql::Tx&, std::string_view ap_id);
// The last act of the other kind of the pair about the same post or person: what an undoing refers to, or what
// undid it.
Result<std::optional<model::GroupAct>> last_counterpart(sql::Tx&, const model::GroupAct&);
struct GroupActFilter {
    std::optional<Id> group_id;  // else of all groups here
    std::optional<Id> post_id, target_id, moderator_id;
    bool with_quiet = false;  // also what only the team and whom it is about may see
    // What was done in a private group is for its members and whom it is about.
    std::optional<Id> reader = {};
    bool with_closed = false;  // all of it
};
Result<std::vector<model::GroupAct>> group_acts_page(sql::Tx&, const GroupActFilter&, const Window&);  // newest first

// False where it is so already. What is removed is no thread's answer any more, also when it comes back.
Result<bool> set_post_removed(sql::Tx&, Id post, std::optional<TimeMs> at);
Result<bool> set_post_locked(sql::Tx&, Id post, bool);
struct PostState {
    bool removed = false, locked = false;  // locked: itself or its thread's first post
};
Result<PostState> post_state(sql::Tx&, Id post);
// Of a person in a group, not removed yet.
Result<std::vector<Id>> posts_in_group_of(sql::Tx&, Id group, Id author, int limit);
// Those of them that were removed at that very moment.
Result<std::vector<Id>> posts_removed_at(sql::Tx&, Id group, Id author, TimeMs at, int limit);

Result<bool> has_post_in_group(sql::Tx&, Id group, Id author);  // also one that was removed

Result<> put_group_ban(sql::Tx&, const model::GroupBan&);
Result<bool> remove_group_ban(sql::Tx&, Id group, Id actor);
Result<bool> is_banned(sql::Tx&, Id group, Id actor, TimeMs now);
Result<std::vector<model::GroupBan>> group_bans(sql::Tx&, Id group, TimeMs now, int limit);

// Of the group of another host: by what that host says.
Result<> put_remote_moderators(sql::Tx&, Id group, std::span<const Id> in_order);
Result<bool> add_remote_moderator(sql::Tx&, Id group, Id actor);
Result<bool> remove_remote_moderator(sql::Tx&, Id group, Id actor);
Result<std::vector<model::Actor>> remote_moderators(sql::Tx&, Id group);  // by seniority
Result<bool> is_remote_moderator(sql::Tx&, Id group, Id actor);

// A group whose collection of featured posts or moderators has this URL.
Result<std::optional<model::Actor>> find_group_by_collection(sql::Tx&, std::string_view url);

}  // namespace kith::repo
