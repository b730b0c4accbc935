#include "node/community/notifications.hpp"

#include "node/api/mastodon/notification.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using http::Exchange;

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:notifications"}));
    const auto& params = *TRY(exchange.params());
    const auto filter = notification_filter(params);
    community::Page<community::NotificationView> page;
    if (filter)
        page = TRY(community::notifications(api.community, me, *filter,
                                            TRY(page_request(exchange, notifications_per_page))));
    set_link(exchange, api.community.urls, page);
    json::Writer w;
    w.array();
    const auto supported = supported_types(params);
    for (const auto& each : page.items) write_notification(w, api.community, me, each, supported);
    w.end();
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:notifications"}));
    auto found = TRY(community::notification(api.community, me, TRY(exchange.id_param())));
    json::Writer w;
    write_notification(w, api.community, me, found, supported_types(*TRY(exchange.params())));
    return exchange.json(200, w.take());
}

Result<> unread_count(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:notifications"}));
    const auto& params = *TRY(exchange.params());
    int count = 0;
    if (const auto filter = notification_filter(params))
        count = TRY(community::unread_notifications(api.community, me, *filter, limit_of(params, unread_per_count)));
    return exchange.json(200, "{\"count\":" + std::to_string(count) + "}");
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
                   {"GET", "/api/v1/notifications/unread_count", unread_count},
                   {"GET", "/api/v1/notifications/:id", show},
                   {"POST", "/api/v1/notifications/clear", clear},
                   {"POST", "/api/v1/notifications/:id/dismiss", dismiss}});
}

}  // namespace kith::mastodon
