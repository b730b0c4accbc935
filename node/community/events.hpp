#pragma once
#include "node/community/context.hpp"
#include "storage/model/event.hpp"
#include "storage/model/post.hpp"

#include <string>

namespace kith::community {

// Appends an event in the transaction of the change it tells of; draws its id and time.
Result<> emit(sql::Tx&, const Context&, model::Event);

// The payload of reaction_added and reaction_removed: {"kind":"like"|"dislike"}.
std::string reaction_payload(model::ReactionKind);

}  // namespace kith::community
