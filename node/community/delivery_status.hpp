#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/repo/reach.hpp"

#include <vector>

namespace kith::community {

// Where a local post has got to: the hosts that it was sent to, each with what became of it.
struct DeliveryStatus {
    std::vector<repo::ReachDetail> hosts;  // by name
    int delivered = 0, waiting = 0, given_up = 0;
};

// Asked by its author, or by a moderator of the node (`role`). Code::not_found for everybody else,
// and where the post is not a local one.
Result<DeliveryStatus> delivery_status(Context&, Id actor_id, model::UserRole role, Id post_id);

// Of any local post, for the operator.
Result<DeliveryStatus> delivery_status(Context&, Id post_id);

}  // namespace kith::community
