#pragma once
#include "storage/model/relay.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>
#include <vector>

// Subscriptions to relays (FEP-ae0c).
namespace kith::repo {

// False where there is one with this inbox.
Result<bool> add_relay(sql::Tx&, const model::Relay&);
Result<> remove_relay(sql::Tx&, Id);
Result<> answer_relay(sql::Tx&, Id, model::RelayState, std::string_view actor_ap_id, TimeMs at);

// Oldest first.
Result<std::vector<model::Relay>> relays(sql::Tx&);
Result<std::optional<model::Relay>> find_relay(sql::Tx&, std::string_view inbox);
Result<std::optional<model::Relay>> find_relay_by_follow(sql::Tx&, std::string_view follow_ap_id);
// Whether an actor is a relay of LitePub's kind that did not refuse us: it follows back.
Result<bool> is_litepub_relay(sql::Tx&, std::string_view actor_ap_id);
// Whether an actor is a relay that accepted our subscription.
Result<bool> is_relay(sql::Tx&, std::string_view actor_ap_id);

}  // namespace kith::repo
