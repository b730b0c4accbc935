#pragma once
#include "base/metrics/registry.hpp"
#include "base/core/clock.hpp"
#include "federation/client/curl_transport.hpp"
#include "federation/delivery/lanes.hpp"
#include "federation/inbox/counters.hpp"
#include "node/http/stats.hpp"
#include "storage/repo/peers.hpp"

#include <vector>

namespace kith {

// What waits in the outbox, as the database has it.
struct DeliveryBacklog {
    std::vector<repo::PeerBacklog> peers;  // the longest waiting first
    std::vector<std::int64_t> states;      // peers, by PeerState
    TimeMs now = 0;
};
Result<DeliveryBacklog> delivery_backlog(sql::Db&, const Clock&);

// Where the node's parts keep count.
struct Measured {
    const http::FrontStats& front;
    const inbox::Counters& inbox;
    std::size_t inbox_pending = 0;
    const delivery::LaneCounters& lanes;
    const DeliveryBacklog& backlog;
    const client::ClientCounters& fetching;
    const client::ClientCounters& delivering;
};

// Brings the registry up to date: what GET /metrics shows.
void measure(metrics::Registry&, const Measured&);

}  // namespace kith
