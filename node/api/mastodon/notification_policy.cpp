// Rules about notifications, and what they hold back (Mastodon: methods/notifications;
// entities/NotificationPolicy, entities/NotificationRequest).
#include "node/community/notification_policy.hpp"

#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/http/exchange.hpp"

#include <array>

namespace kith::mastodon {

namespace {

using community::NotificationPolicyChange;
using community::NotificationPolicyView;
using community::NotificationRequestView;
using http::Exchange;
using json::Writer;
using model::NotificationPolicy;
using model::NotificationRule;

constexpr std::string_view read_notifications = "read:notifications";
constexpr std::string_view write_notifications = "write:notifications";

constexpr std::array<std::pair<NotificationRule, std::string_view>, 3> rules{
    {{NotificationRule::accept, "accept"}, {NotificationRule::filter, "filter"}, {NotificationRule::drop, "drop"}}};

struct Field {
    std::string_view name;
    NotificationRule NotificationPolicy::*stored;
    std::optional<NotificationRule> NotificationPolicyChange::*change;
};
constexpr std::array<Field, 5> fields{{
    {"for_not_following", &NotificationPolicy::not_following, &NotificationPolicyChange::not_following},
    {"for_not_followers", &NotificationPolicy::not_followers, &NotificationPolicyChange::not_followers},
    {"for_new_accounts", &NotificationPolicy::new_accounts, &NotificationPolicyChange::new_accounts},
    {"for_private_mentions", &NotificationPolicy::private_mentions, &NotificationPolicyChange::private_mentions},
    {"for_limited_accounts", &NotificationPolicy::limited_accounts, &NotificationPolicyChange::limited_accounts},
}};

Result<> answer(Exchange& exchange, const NotificationPolicyView& view) {
    Writer w;
    w.object();
    for (const auto& field : fields)
        for (const auto& [rule, name] : rules)
            if (rule == view.policy.*field.stored) w.member(field.name, name);
    w.key("summary").object().member("pending_requests_count", view.waiting.requests);
    w.member("pending_notifications_count", view.waiting.notifications).end().end();
    return exchange.json(200, w.take());
}

Result<> show_policy(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_notifications}));
    return answer(exchange, TRY(community::notification_policy(api.community, me)));
}

Result<> set_policy(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_notifications}));
    const auto& params = *TRY(exchange.params());
    NotificationPolicyChange change;
    for (const auto& field : fields) {
        const auto text = params.get(field.name);
        if (!text) continue;
        for (const auto& [rule, name] : rules)
            if (name == *text) change.*field.change = rule;
        if (!(change.*field.change))
            return fail(Code::unprocessable, "Validation failed: " + std::string(field.name) +
                                                 " is none of accept, filter, drop");
    }
    return answer(exchange, TRY(community::set_notification_policy(api.community, me, change)));
}

void write_request(Writer& w, const community::Context& context, const NotificationRequestView& view) {
    w.object().member("id", std::to_string(view.request.id));
    w.member("created_at", format_iso8601(view.request.created_at));
    w.member("updated_at", format_iso8601(view.request.updated_at));
    w.member("notifications_count", std::to_string(view.request.notifications)).key("account");
    write_account(w, context, view.from);
    w.key("last_status");
    if (view.last_post)
        write_status(w, context, community::Viewer::actor(view.request.owner_id), *view.last_post);
    else
        w.null();
    w.end();
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_notifications}));
    const auto page = TRY(community::notification_requests(api.community, me,
                                                           TRY(page_request(exchange, notifications_per_page))));
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& view : page.items) write_request(w, api.community, view);
    w.end();
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_notifications}));
    Writer w;
    write_request(w, api.community,
                  TRY(community::notification_request(api.community, me, TRY(exchange.id_param()))));
    return exchange.json(200, w.take());
}

using Decide = Result<> (*)(community::Context&, Id owner, std::span<const Id>);

Result<> decide_one(const ApiContext& api, Exchange& exchange, Decide decide) {
    const auto me = TRY(acting_account(api, exchange, {write_notifications}));
    const Id id = TRY(exchange.id_param());
    TRY(decide(api.community, me, std::span(&id, 1)));
    return exchange.json(200, "{}");
}

Result<> decide_many(const ApiContext& api, Exchange& exchange, Decide decide) {
    const auto me = TRY(acting_account(api, exchange, {write_notifications}));
    TRY(decide(api.community, me, TRY(ids_asked(exchange, limits::ids_asked_max))));
    return exchange.json(200, "{}");
}

Result<> accept(const ApiContext& api, Exchange& exchange) {
    return decide_one(api, exchange, community::accept_notification_requests);
}
Result<> dismiss(const ApiContext& api, Exchange& exchange) {
    return decide_one(api, exchange, community::dismiss_notification_requests);
}
Result<> accept_many(const ApiContext& api, Exchange& exchange) {
    return decide_many(api, exchange, community::accept_notification_requests);
}
Result<> dismiss_many(const ApiContext& api, Exchange& exchange) {
    return decide_many(api, exchange, community::dismiss_notification_requests);
}

// What was accepted is shown at once: nothing is ever on its way.
Result<> merged(const ApiContext& api, Exchange& exchange) {
    TRY(acting_account(api, exchange, {read_notifications}));
    return exchange.json(200, "{\"merged\":true}");
}

}  // namespace

void add_notification_policy_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v2/notifications/policy", show_policy},
                   {"PATCH", "/api/v2/notifications/policy", set_policy},
                   {"PUT", "/api/v2/notifications/policy", set_policy},
                   {"GET", "/api/v1/notifications/requests", list},
                   {"GET", "/api/v1/notifications/requests/merged", merged},
                   {"GET", "/api/v1/notifications/requests/:id", show},
                   {"POST", "/api/v1/notifications/requests/accept", accept_many},
                   {"POST", "/api/v1/notifications/requests/dismiss", dismiss_many},
                   {"POST", "/api/v1/notifications/requests/:id/accept", accept},
                   {"POST", "/api/v1/notifications/requests/:id/dismiss", dismiss}});
}

}  // namespace kith::mastodon
