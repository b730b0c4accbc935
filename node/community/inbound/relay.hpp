#pragma once
#include "node/community/inbound/handlers.hpp"

namespace kith::community {

// A local group spreads what happens to its posts: the unmodified activity, to its followers' hosts
// (FEP-1b12). Nothing where the post is in no local group, or where the activity came from a group.
Result<> relay_in_group(sql::Tx&, const Context&, const Deed&, const model::Post&);

// The actor's host showed that it has the post: edits and deletes go there too.
Result<> note_reach(sql::Tx&, const Context&, const model::Post&, const model::Actor&);

// What answers a local person's open post goes on to the followers of that person, where it carries what
// proves whose it is (AP 7.1.2): their servers would not come to know of it.
Result<> forward_reply(sql::Tx&, const Context&, const Deed&, const model::Post& reply);

}  // namespace kith::community
