// Web Push (Mastodon: methods/push; entities/WebPushSubscription).
#include "node/community/push.hpp"

#include "base/json/writer.hpp"
#include "node/api/mastodon/notification.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/http/exchange.hpp"

#include <array>

namespace kith::mastodon {

namespace {

using http::Exchange;
using http::Params;
using model::PushPolicy;
using model::PushSubscription;

constexpr std::array<std::string_view, 14> alert_types{
    "mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update", "quote", "quoted_update",
    "admin.report", "admin.sign_up", "added_to_collection", "collection_update"};
constexpr std::array<std::pair<PushPolicy, std::string_view>, 4> policies{{{PushPolicy::all, "all"},
                                                                           {PushPolicy::followed, "followed"},
                                                                           {PushPolicy::followers, "follower"},
                                                                           {PushPolicy::nobody, "none"}}};

std::int64_t bit_of(std::string_view type) {
    const auto kinds = notification_kinds({type});
    return kinds.empty() ? 0 : PushSubscription::bit(kinds.front());
}

std::int64_t alerts_asked(const Params& params) {
    const auto data = params.nested("data");
    const auto alerts = data.nested("alerts");
    std::int64_t out = 0;
    for (const auto type : alert_types)
        if (alerts.flag_or(type, false)) out |= bit_of(type);
    return out;
}

Result<PushPolicy> policy_asked(const Params& params) {
    const auto data = params.nested("data");
    const auto name = data.get_or("policy", params.get_or("policy", "all"));
    for (const auto& [policy, each] : policies)
        if (each == name) return policy;
    return fail(Code::unprocessable, "Validation failed: Policy is none of all, followed, follower, none");
}

Result<> answer(const ApiContext& api, Exchange& exchange, const PushSubscription& subscription) {
    json::Writer w;
    w.object().member("id", std::to_string(subscription.id)).member("endpoint", subscription.endpoint);
    w.member("standard", subscription.standard).key("alerts").object();
    for (const auto type : alert_types) w.member(type, (subscription.alerts & bit_of(type)) != 0);
    w.end();
    for (const auto& [policy, name] : policies)
        if (policy == subscription.policy) w.member("policy", name);
    w.member("server_key", community::vapid_public_key(api.community)).end();
    return exchange.json(200, w.take());
}

Result<http::Caller> caller_of(const ApiContext& api, Exchange& exchange) {
    return oauth::require_user(api.authenticator, exchange, {"push"});
}

Result<> subscribe(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(caller_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto given = params.nested("subscription");
    const auto keys = given.nested("keys");
    community::NewPushSubscription asked;
    asked.endpoint = given.get_or("endpoint", "");
    asked.p256dh = keys.get_or("p256dh", "");
    asked.auth = keys.get_or("auth", "");
    asked.standard = given.flag_or("standard", false);
    asked.alerts = alerts_asked(params);
    asked.policy = TRY(policy_asked(params));
    return answer(api, exchange,
                  TRY(community::subscribe_push(api.community, caller.account_id, caller.token_id, asked)));
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(caller_of(api, exchange));
    return answer(api, exchange, TRY(community::push_subscription(api.community, caller.token_id)));
}

Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(caller_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto policy = TRY(policy_asked(params));
    return answer(api, exchange,
                  TRY(community::change_push(api.community, caller.token_id, alerts_asked(params), policy)));
}

Result<> unsubscribe(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(caller_of(api, exchange));
    TRY(community::unsubscribe_push(api.community, caller.token_id));
    return exchange.json(200, "{}");
}

}  // namespace

void add_push_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v1/push/subscription", subscribe},
                   {"GET", "/api/v1/push/subscription", show},
                   {"PUT", "/api/v1/push/subscription", change},
                   {"PATCH", "/api/v1/push/subscription", change},
                   {"DELETE", "/api/v1/push/subscription", unsubscribe}});
}

}  // namespace kith::mastodon
