// Grouped notifications (Mastodon: methods/grouped_notifications, version 2).
#include "node/community/notification_groups.hpp"

#include "config/limits/personal.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/notification.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <unordered_set>

namespace kith::mastodon {

namespace {

using community::NotificationGroup;
using community::NotificationGroupKey;
using http::Exchange;
using json::Writer;
using model::NotificationKind;

constexpr std::string_view read_notifications = "read:notifications";
constexpr std::string_view write_notifications = "write:notifications";

// Which kinds the client can show grouped; all where it does not say.
std::vector<NotificationKind> grouped_asked(const http::Params& params) {
    const auto names = params.list("grouped_types");
    auto kinds = names.empty() ? notification_kinds({"favourite", "reblog", "follow", "admin.sign_up"}) : notification_kinds(names);
    std::erase_if(kinds, [](NotificationKind kind) { return !community::has_groups(kind); });
    return kinds;
}

void write_group(Writer& w, const community::Context& context, const NotificationGroup& group,
                 const SupportedTypes& supported) {
    const auto& newest = group.newest.notification;
    w.object().member("group_key", group_key_text(group.key)).member("notifications_count", group.count);
    w.member("type", notification_type(newest.kind)).member("most_recent_notification_id", newest.id);
    w.member("page_min_id", std::to_string(group.page_min_id));
    w.member("page_max_id", std::to_string(group.page_max_id));
    w.member("latest_page_notification_at", format_iso8601(newest.created_at));
    w.key("sample_account_ids").array();
    for (const auto& actor : group.sample) w.value(std::to_string(actor.id));
    w.end();
    if (group.newest.post) w.member("status_id", std::to_string(group.newest.post->post.id));
    write_notification_extras(w, context, group.newest);
    write_fallback(w, context, group.newest, supported);
    w.end();
}

// GroupedNotificationsResults: each account and each status once.
std::string results_json(const community::Context& context, Id owner, std::span<const NotificationGroup> groups,
                         bool partial, const SupportedTypes& supported) {
    Writer w;
    std::unordered_set<Id> whole, shown;
    w.object().key("accounts").array();
    for (const auto& group : groups) {
        if (group.sample.empty()) continue;
        // Of a group only the newest is written whole, where parts are enough.
        for (const auto& actor : group.sample) {
            if (partial && actor.id != group.sample.front().id) continue;
            if (!whole.insert(actor.id).second) continue;
            write_account(w, context, actor);
        }
    }
    w.end();
    if (partial) {
        w.key("partial_accounts").array();
        for (const auto& group : groups)
            for (const auto& actor : group.sample)
                if (!whole.contains(actor.id) && shown.insert(actor.id).second)
                    write_partial_account(w, context, actor);
        w.end();
    }
    shown.clear();
    w.key("statuses").array();
    for (const auto& group : groups)
        if (group.newest.post && shown.insert(group.newest.post->post.id).second)
            write_status(w, context, community::Viewer::actor(owner), *group.newest.post);
    w.end().key("notification_groups").array();
    for (const auto& group : groups) write_group(w, context, group, supported);
    w.end().end();
    return w.take();
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_notifications}));
    const auto& params = *TRY(exchange.params());
    const auto filter = notification_filter(params);
    community::Page<NotificationGroup> page;
    if (filter)
        page = TRY(community::notification_groups(api.community, me, *filter, grouped_asked(params),
                                                  TRY(page_request(exchange, notifications_per_page))));
    set_link(exchange, api.community.urls, page);
    const bool partial = params.get_or("expand_accounts", "full") == "partial_avatars";
    return exchange.json(200, results_json(api.community, me, page.items, partial, supported_types(params)));
}

Result<NotificationGroupKey> key_asked(Exchange& exchange) {
    const auto key = group_key_from(exchange.param("group_key"));
    if (!key) return fail(Code::not_found, "Record not found");
    return *key;
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_notifications}));
    const auto group = TRY(community::notification_group(api.community, me, TRY(key_asked(exchange))));
    return exchange.json(200, results_json(api.community, me, std::span(&group, 1), false,
                                           supported_types(*TRY(exchange.params()))));
}

// The documentation asks for the writing scope here; Mastodon itself is content with reading.
Result<> accounts(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_notifications, write_notifications}));
    const auto found = TRY(community::notification_group_accounts(api.community, me, TRY(key_asked(exchange))));
    return exchange.json(200, accounts_json(api.community, found));
}

Result<> dismiss(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_notifications}));
    TRY(community::dismiss_notification_group(api.community, me, TRY(key_asked(exchange))));
    return exchange.json(200, "{}");
}

Result<> unread_count(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_notifications}));
    const auto& params = *TRY(exchange.params());
    int count = 0;
    if (const auto filter = notification_filter(params))
        count = TRY(community::unread_notification_groups(api.community, me, *filter, grouped_asked(params),
                                                          limit_of(params, unread_per_count)));
    return exchange.json(200, "{\"count\":" + std::to_string(count) + "}");
}

}  // namespace

void add_notification_group_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v2/notifications", list},
                   {"GET", "/api/v2/notifications/unread_count", unread_count},
                   {"GET", "/api/v2/notifications/:group_key", show},
                   {"GET", "/api/v2/notifications/:group_key/accounts", accounts},
                   {"POST", "/api/v2/notifications/:group_key/dismiss", dismiss}});
}

}  // namespace kith::mastodon
