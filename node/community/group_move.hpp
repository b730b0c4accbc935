#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_move.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>

// Groups that leave for another host (docs/decisions/0029). The new host is asked first, reads what is in the
// group, and says so; only then everybody is told, by a Move like any actor's. What a node has of a group that
// moved is put into the new one, wherever that is.
namespace kith::community {

inline constexpr std::string_view rehome_job = "group_rehome";

// Nothing changes in the group from now on; its new host is asked. `target_ap_id`: a group of another host that
// is known here as of now and names this one as its alias. The same once more changes nothing.
// Code::not_found, unprocessable (the target is not fit), conflict (it has moved, or takes one over).
Result<model::GroupMove> offer_group(Context&, Id group, const std::string& target_ap_id);
// As long as the new host has not said that it has everything. Code::not_found, conflict.
Result<> withdraw_offer(Context&, Id group);
// Its owner, or an admin of the node.
Result<> require_group_owner(sql::Tx&, Id group, Id actor);

// The Offer that an Accept answers, where it is of a group here and from whom it was made to.
Result<std::optional<model::GroupMove>> answered_offer(sql::Tx&, const model::Actor& from, const std::string& offer_ap_id);
// The new host has everything: the group has moved, and everybody is told.
Result<> complete_move(sql::Tx&, const Context&, const model::GroupMove&);

// Code::forbidden for a group here that moves or has moved: it says where to.
Result<> refuse_leaving(sql::Tx&, const model::Actor& group);
// Where a group has moved as far as it is known here; else the group itself.
Result<model::Actor> group_of_now(sql::Tx&, const model::Actor& group);

// One post, from one group to another, with its entry.
Result<> rehome_post(sql::Tx&, const Context&, const model::Post&, const model::Actor& from, const model::Actor& to);
// Leaves the rest to a job.
Result<> begin_rehoming(sql::Tx&, const Context&, Id from, Id to);
// The next piece, as community::continue_move.
Result<std::optional<std::string>> continue_rehoming(Context&, const std::string& payload);

}  // namespace kith::community
