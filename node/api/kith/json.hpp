#pragma once
#include "base/json/writer.hpp"
#include "node/community/delivery_status.hpp"
#include "storage/model/federation.hpp"
#include "storage/repo/peers.hpp"

#include <optional>
#include <string>
#include <string_view>

// The entities of kith's own API; `kith … --json` prints the same.
namespace kith::own_api {

// "healthy", "failing", "open", "probed" or "gone".
std::string_view state_name(model::PeerState);
// "delivered", "waiting" or "given_up".
std::string_view state_name(model::ReachState);

// ISO 8601, or null.
void write_time(json::Writer&, std::string_view name, const std::optional<TimeMs>&);

// {delivered, waiting, given_up, hosts:[{host, state, at, attempts, next_at, error}]}
void write(json::Writer&, const community::DeliveryStatus&);
// {host, state, software, waiting, oldest_waiting_at, lag_s, last_success_at, first_failure_at,
// last_error}
void write(json::Writer&, const repo::PeerOverview&, TimeMs now);
// {id, at, phase, reason, status, host, key_id, actor, activity}
void write(json::Writer&, const model::Refusal&);

// Seconds since the oldest row that waits was made; 0 where none waits.
std::int64_t lag_s(const repo::PeerOverview&, TimeMs now);

}  // namespace kith::own_api
