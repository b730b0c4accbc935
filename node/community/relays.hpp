#pragma once
#include "node/community/context.hpp"
#include "storage/model/relay.hpp"

#include <string_view>
#include <vector>

// Relays, as the operator subscribes to them (FEP-ae0c). What they send is judged in
// inbound/announced.cpp, what they get is added in federation/delivery.
namespace kith::community {

// Asks a relay at its inbox for its posts; it may take days to answer. Code::unprocessable for what
// is no http URL or is ours, Code::conflict where it was asked before.
// With the id of its actor it is of LitePub's kind.
Result<> join_relay(Context&, std::string_view inbox, std::string_view litepub_actor = {});
// Ends it. Code::not_found where there is none.
Result<> leave_relay(Context&, std::string_view inbox);
Result<std::vector<model::Relay>> relays(Context&);

}  // namespace kith::community
