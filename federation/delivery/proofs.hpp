#pragma once
#include "federation/delivery/activities.hpp"

namespace kith::delivery {

// Gives the activity's bytes an integrity proof by its actor's own Ed25519 key (FEP-8b32, a draft):
// once, because bytes are made once. An actor without such a key, or an activity that can hold no
// more, goes out without.
Result<> prove(sql::Tx&, const Context&, Outgoing&);

}  // namespace kith::delivery
