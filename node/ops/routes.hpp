#pragma once
#include "base/metrics/registry.hpp"
#include "node/community/context.hpp"
#include "node/http/router.hpp"

#include <functional>

namespace kith::ops {

// What the operator's port shows. `refresh` brings gauges up to date before they are read.
struct OpsContext {
    community::Context& community;
    metrics::Registry& registry;
    std::function<void()> refresh;
};

// GET /metrics (Prometheus), /health/live (the process answers) and /health/ready (the database
// does): for the port of server.ops_listen, which is not for the world.
void add_routes(http::Router&, OpsContext&);

// GET /health on the public port, for load balancers and the curious: 200 "OK" where the database
// answers.
void add_public_health(http::Router&, community::Context&);

}  // namespace kith::ops
