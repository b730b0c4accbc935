#include "node/community/notifications.hpp"

#include "node/api/mastodon/notification.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using http::Exchange;
using Kinds = std::vector<model::NotificationKind>;

Kinds kinds_of(const std::vector<std::string_view>& types) {
    Kinds out;
    for (auto type : types)
        if (auto kind = notification_kind(type)) out.push_back(*kind);
    return out;
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:notifications"}));
    const auto& params = *TRY(exchange.params());
    const auto types = params.list("types");
    community::NotificationFilter filter;
    filter.types = kinds_of(types);
    filter.exclude_types = kinds_of(params.list("exclude_types"));
    filter.from_id = params.id("account_id");
    // Only types that do not occur here: an empty filter would ask for all.
    if (!types.empty() && filter.types.empty()) return exchange.json(200, "[]");
    auto page = TRY(community::notifications(api.community, me, filter,
                                             TRY(page_request(exchange, notifications_per_page))));
    set_link(exchange, api.community.urls, page);
    json::Writer w;
    w.array();
    for (const auto& each : page.items) write_notification(w, api.community, me, each);
    w.end();
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:notifications"}));
    auto found = TRY(community::notification(api.community, me, TRY(exchange.id_param())));
    json::Writer w;
    write_notification(w, api.community, me, found);
    return exchange.json(200, w.take());
}

Result<> clear(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:notifications"}));
    TRY(community::clear_notifications(api.community, me));
    return exchange.json(200, "{}");
}

Result<> dismiss(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:notifications"}));
    TRY(community::dismiss_notification(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

void add_notification_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/notifications", list},
                   {"GET", "/api/v1/notifications/:id", show},
                   {"POST", "/api/v1/notifications/clear", clear},
                   {"POST", "/api/v1/notifications/:id/dismiss", dismiss}});
}

}  // namespace kith::mastodon
