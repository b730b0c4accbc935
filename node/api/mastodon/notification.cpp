#include "node/api/mastodon/notification.hpp"

#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/report.hpp"
#include "node/api/mastodon/status.hpp"

#include <array>
#include <utility>

namespace kith::mastodon {

using model::NotificationKind;

namespace {

constexpr std::array<std::pair<NotificationKind, std::string_view>, 13> types{{
    {NotificationKind::mention, "mention"},
    {NotificationKind::reblog, "reblog"},
    {NotificationKind::favourite, "favourite"},
    {NotificationKind::follow, "follow"},
    {NotificationKind::follow_request, "follow_request"},
    {NotificationKind::poll, "poll"},
    {NotificationKind::update, "update"},
    {NotificationKind::status, "status"},
    {NotificationKind::quote, "quote"},
    {NotificationKind::quoted_update, "quoted_update"},
    {NotificationKind::admin_report, "admin.report"},
    {NotificationKind::moved, "moved"},
    {NotificationKind::severed_relationships, "severed_relationships"},
}};

}  // namespace

std::string_view notification_type(NotificationKind kind) {
    for (const auto& [each, type] : types)
        if (each == kind) return type;
    return "mention";
}

std::optional<NotificationKind> notification_kind(std::string_view type) {
    for (const auto& [kind, each] : types)
        if (each == type) return kind;
    return {};
}

void write_notification(json::Writer& w, const community::Context& context, Id owner_id,
                        const community::NotificationView& view) {
    const auto id = std::to_string(view.notification.id);
    w.object().member("id", id).member("type", notification_type(view.notification.kind));
    w.member("group_key", "ungrouped-" + id);
    w.member("created_at", format_iso8601(view.notification.created_at));
    w.key("account");
    write_account(w, context, view.from);
    if (view.post) {
        w.key("status");
        write_status(w, context, community::Viewer::actor(owner_id), *view.post);
    }
    if (view.report) {
        w.key("report");
        write_report(w, context, *view.report);
    }
    if (view.severance) {
        const auto& [severance, followers, following] = *view.severance;
        w.key("event").object().member("id", std::to_string(severance.id));
        w.member("type", "domain_block").member("purged", false);
        w.member("target_name", severance.host).member("followers_count", followers);
        w.member("following_count", following);
        w.member("created_at", format_iso8601(severance.at)).end();
    }
    w.end();
}

}  // namespace kith::mastodon
