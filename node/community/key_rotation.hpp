#pragma once
#include "node/community/context.hpp"

#include <string_view>

namespace kith::community {

// New keys for accounts here, because an old one may be known to others, or is old. What waits to be
// sent is signed with the new ones; peers are told by an Update, and ask again where a signature does
// not fit.
//
// The RSA key keeps its id: a verifier whose copy does not fit fetches the actor anew. The Ed25519
// key gets a new one, since proofs (FEP-8b32) stay in activities that name the old; its public half
// stays published for limits::retired_key_days.
Result<> rotate_keys(Context&, std::string_view name);
Result<> rotate_instance_keys(Context&);
// Of everybody: people, groups and the instance actor. Gives how many.
Result<std::size_t> rotate_all_keys(Context&);

// Takes back what was retired long enough ago.
Result<> drop_retired_keys(Context&);

}  // namespace kith::community
