#pragma once
#include "federation/vocab/objects.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

namespace kith::community {

// An emoji that an actor sent is one of the actor's own host, whatever its id says: nobody changes
// the pictures of another host (FEP-9098, "Uniqueness"). What others say of them, such as a group of another host in an
// announced reaction, counts until the host itself says something, and changes nothing of what it said.
enum class SaidBy { own_host, others };
Result<Id> store_emoji(sql::Tx&, const Context&, const model::Actor& from, const vocab::Tag&, SaidBy);

// Of the emoji that a post brings along those that stand in its texts, in place of what it had.
Result<> store_emojis(sql::Tx&, const Context&, const model::Post&, const model::Actor& author,
                      const vocab::Post&);

}  // namespace kith::community
