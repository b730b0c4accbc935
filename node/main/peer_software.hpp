#pragma once
#include "federation/client/transport.hpp"
#include "node/main/store.hpp"

namespace kith {

// Asks some of the healthy peers that were not asked for a week what they run. A host that does not
// say is asked again after another week.
Result<> ask_peer_software(Store&, client::Transport&);

}  // namespace kith
