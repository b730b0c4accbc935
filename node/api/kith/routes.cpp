#include "node/api/kith/routes.hpp"

#include "base/text/host.hpp"
#include "config/limits/kith_api.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/json.hpp"
#include "node/api/kith/mail.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/severances.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/inbox.hpp"

#include <limits>

namespace kith::own_api {

namespace {

using http::Exchange;

Result<model::UserRole> role_of(const ApiContext& api, const http::Caller& caller) {
    return api.community.db.read([&](sql::Tx& tx) -> Result<model::UserRole> {
        const auto user = TRY(repo::find_user(tx, caller.user_id));
        return user ? user->role : model::UserRole::member;
    });
}

// What the node's moderators may look at.
Result<> require_moderator(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"admin:read"}));
    if (TRY(role_of(api, caller)) < model::UserRole::moderator)
        return fail(Code::forbidden, "This action is not allowed");
    return {};
}

Result<> show_delivery(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"read:statuses"}));
    const auto status = TRY(community::delivery_status(
        api.community, caller.account_id, TRY(role_of(api, caller)), TRY(exchange.id_param())));
    json::Writer w;
    write(w, status);
    return exchange.json(200, w.take());
}

// Whom a member lost when a host was suspended.
Result<> show_severance(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"read:follows"}));
    const auto names = TRY(
        community::severed_names(api.community, caller.account_id, TRY(exchange.id_param())));
    json::Writer w;
    const auto list = [&w](std::string_view name, const std::vector<model::Actor>& actors) {
        w.key(name).array();
        for (const auto& actor : actors) w.value(actor.username + "@" + actor.host);
        w.end();
    };
    w.object().member("host", names.view.severance.host);
    w.member("at", format_iso8601(names.view.severance.at));
    list("followers", names.followers);
    list("following", names.following);
    w.end();
    return exchange.json(200, w.take());
}

Result<> list_peers(const ApiContext& api, Exchange& exchange) {
    TRY(require_moderator(api, exchange));
    const auto now = api.community.clock.now_ms();
    json::Writer w;
    w.array();
    for (const auto& peer : TRY(api.community.db.read(repo::peers_overview))) write(w, peer, now);
    w.end();
    return exchange.json(200, w.take());
}

Result<> show_peer(const ApiContext& api, Exchange& exchange) {
    TRY(require_moderator(api, exchange));
    const auto host = normalize_host(exchange.param("host"));
    const auto peer = host ? TRY(api.community.db.read(
                                 [&](sql::Tx& tx) { return repo::peer_overview(tx, *host); }))
                           : std::optional<repo::PeerOverview>{};
    if (!peer) return fail(Code::not_found, "Record not found");
    json::Writer w;
    write(w, *peer, api.community.clock.now_ms());
    return exchange.json(200, w.take());
}

Result<> list_refusals(const ApiContext& api, Exchange& exchange) {
    TRY(require_moderator(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto limit = params.integer("limit").value_or(limits::refusals_page);
    const auto below = params.id("max_id").value_or(std::numeric_limits<Id>::max());
    const auto found = TRY(api.community.db.read([&](sql::Tx& tx) {
        return repo::refusals(tx, params.get_or("host", ""), below,
                              int(std::clamp<std::int64_t>(limit, 1, limits::refusals_page_max)));
    }));
    json::Writer w;
    w.array();
    for (const auto& refusal : found) write(w, refusal);
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_routes(http::Router& router, const ApiContext& api) {
    using Method = Result<> (*)(const ApiContext&, Exchange&);
    const auto get = [&](std::string_view pattern, Method method) {
        router.add("GET", pattern, [api, method](Exchange& x) { return method(api, x); });
    };
    get("/api/kith/v1/statuses/:id/delivery", show_delivery);
    get("/api/kith/v1/severances/:id", show_severance);
    get("/api/kith/v1/admin/peers", list_peers);
    get("/api/kith/v1/admin/peers/:host", show_peer);
    get("/api/kith/v1/admin/refusals", list_refusals);
    add_group_routes(router, api);
    add_group_settings_routes(router, api);
    add_mail_routes(router, api);
    add_group_move_routes(router, api);
    add_thread_routes(router, api);
    add_team_routes(router, api);
    add_queue_routes(router, api);
    add_event_routes(router, api);
    add_discovery_routes(router, api);
}

}  // namespace kith::own_api
