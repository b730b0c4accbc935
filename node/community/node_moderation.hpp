#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/node_act.hpp"
#include "storage/repo/node_acts.hpp"

#include <optional>
#include <string>
#include <string_view>

// What the node's team does about people, groups and posts, in the open: every act has its line in a log that
// everybody may read, beside that of the groups (group_moderation.hpp).
namespace kith::community {

struct NewBan {
    Id person = 0;
    std::string reason;
    std::optional<TimeMs> expires_at;
    bool with_posts = false;  // nothing of theirs is shown until it ends
};
// Whoever is banned does nothing here: signs in no more, and what comes from elsewhere is refused. All of
// these give Code::forbidden to who may not, Code::not_found, and Code::unprocessable without a reason or where
// it cannot be. Moderators ban, and remove and hide groups; admins purge.
Result<> ban_person(Context&, Id moderator, const NewBan&);
Result<> unban_person(Context&, Id moderator, Id person, std::string_view reason);
// Bans and blocks of hosts whose time is over end. Some at a time; false where none was left.
Result<bool> lift_what_is_over(Context&);
// Suspended or banned: nothing of theirs is taken any more.
Result<bool> is_shut_out(sql::Tx&, const Context&, const model::Actor&);

// Gone from this node, without a way back; what is ours is deleted everywhere.
Result<> purge_person(Context&, Id admin, Id person, std::string_view reason);
Result<> purge_group(Context&, Id admin, Id group, std::string_view reason);
Result<> purge_post(Context&, Id admin, Id post, std::string_view reason);

// A removed group is not shown at all, and can come back; a hidden one is left out of what shows all groups.
Result<> remove_group(Context&, Id moderator, Id group, bool removed, std::string_view reason);
Result<> hide_group(Context&, Id moderator, Id group, bool hidden, std::string_view reason);

// As admins say it through a client: both are written into the log. `host` is normalised, and an end is in the
// future.
Result<> block_host_openly(Context&, Id admin, const std::string& host, bool blocked, std::string_view reason, std::optional<TimeMs> expires_at);
Result<> allow_host_openly(Context&, Id admin, const std::string& host, bool allowed, std::string_view reason);

// Draws its id and time.
Result<> log_node_act(sql::Tx&, const Context&, model::NodeAct);
struct NodeActView {
    model::NodeAct act;
    model::Actor moderator;
    std::optional<model::Actor> target;
};
Result<Page<NodeActView>> node_log(Context&, const repo::NodeActFilter&, const PageRequest&);

// How somebody stands on this node, for whoever looks at them.
struct NodeStanding {
    bool admin = false, banned = false;
    std::optional<TimeMs> ban_expires_at;
};
Result<NodeStanding> node_standing(Context&, const model::Actor&);
// Also those who are banned; Code::not_found for who was deleted.
Result<model::Actor> known_person(Context&, Id);

}  // namespace kith::community
