#include "node/ops/routes.hpp"

#include "node/http/exchange.hpp"
#include "storage/repo/accounts.hpp"

namespace kith::ops {

namespace {

constexpr std::string_view text_type = "text/plain; charset=utf-8";

Result<> answer_readiness(community::Context& context, http::Exchange& exchange) {
    auto answered = context.db.read([](sql::Tx& tx) { return repo::setting(tx, "server.host"); });
    if (!answered)
        return fail(Code::unavailable, "the database does not answer", answered.error().detail);
    return exchange.answer(200, "OK", text_type);
}

}  // namespace

void add_routes(http::Router& router, OpsContext& context) {
    router.add("GET", "/metrics", [&context](http::Exchange& x) {
        context.refresh();
        return x.answer(200, context.registry.expose(), "text/plain; version=0.0.4; charset=utf-8");
    });
    router.add("GET", "/health/live",
               [](http::Exchange& x) { return x.answer(200, "OK", text_type); });
    router.add("GET", "/health/ready",
               [&context](http::Exchange& x) { return answer_readiness(context.community, x); });
}

void add_public_health(http::Router& router, community::Context& context) {
    router.add("GET", "/health",
               [&context](http::Exchange& x) { return answer_readiness(context, x); });
}

}  // namespace kith::ops
