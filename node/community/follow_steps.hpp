#pragma once
#include "node/community/context.hpp"
#include "node/community/events.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/relation.hpp"

namespace kith::community {

// The steps of a follow, the same whether a client or a peer takes them. Each runs in the caller's
// transaction with all that belongs to it: state, counters, home rows, membership of a local group,
// notification, event. Following a group is joining it.

// Stores the follow; a local target that is not locked grants it at once.
Result<> request_follow(sql::Tx&, const Context&, const model::Follow&, const model::Actor& target);
// The followed one accepts (its event makes the Accept), or its Accept came in.
Result<> grant_follow(sql::Tx&, const Context&, const model::Follow&);
// The followed one refuses, or removes a follower.
Result<> refuse_follow(sql::Tx&, const Context&, const model::Follow&);
// The follower takes it back.
Result<> undo_follow(sql::Tx&, const Context&, const model::Follow&);
// The other's host is suspended: nobody is told.
Result<> sever_follow(sql::Tx&, const Context&, const model::Follow&);

}  // namespace kith::community
