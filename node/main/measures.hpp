#pragma once
#include "base/metrics/registry.hpp"
#include "federation/client/curl_transport.hpp"
#include "federation/inbox/counters.hpp"
#include "node/http/stats.hpp"

namespace kith {

// Where the node's parts keep count.
struct Measured {
    const http::FrontStats& front;
    const inbox::Counters& inbox;
    std::size_t inbox_pending = 0;
    const client::ClientCounters& fetching;
    const client::ClientCounters& delivering;
};

// Brings the registry up to date: what GET /metrics shows.
void measure(metrics::Registry&, const Measured&);

}  // namespace kith
