#include "node/api/kith/handlers.hpp"

#include "node/api/oauth/bearer.hpp"

#include <algorithm>

namespace kith::own_api {

using http::Exchange;

void add_endpoints(http::Router& router, const ApiContext& api, std::initializer_list<Endpoint> endpoints) {
    for (const auto& endpoint : endpoints)
        router.add(endpoint.verb, endpoint.path, [api, method = endpoint.method](Exchange& x) { return method(api, x); });
}

Result<Id> reader(const ApiContext& api, Exchange& exchange) {
    return TRY(oauth::require_user(api.authenticator, exchange, {"read"})).account_id;
}

Result<Id> writer(const ApiContext& api, Exchange& exchange) {
    return TRY(oauth::require_user(api.authenticator, exchange, {"write"})).account_id;
}

Result<community::PageRequest> page_of(Exchange& exchange, int limit, int limit_max) {
    const auto& params = *TRY(exchange.params());
    return community::PageRequest{.max_id = params.id("max_id"),
                                  .since_id = params.id("since_id"),
                                  .min_id = params.id("min_id"),
                                  .limit = int(std::clamp<std::int64_t>(params.integer("limit").value_or(limit), 1, limit_max))};
}

}  // namespace kith::own_api
