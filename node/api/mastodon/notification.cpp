#include "node/api/mastodon/notification.hpp"

#include "base/html/escape.hpp"
#include "config/limits/personal.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/collection.hpp"
#include "node/api/mastodon/report.hpp"
#include "node/api/mastodon/status.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace kith::mastodon {

using community::NotificationGroupKey;
using model::NotificationKind;

namespace {

constexpr std::string_view ungrouped = "ungrouped-";
constexpr Id half_days_max = std::numeric_limits<TimeMs>::max() / limits::notification_group_ms - 1;

constexpr std::array<std::pair<NotificationKind, std::string_view>, 20> types{{
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
    {NotificationKind::admin_sign_up, "admin.sign_up"},
    {NotificationKind::moved, "moved"},
    {NotificationKind::severed_relationships, "severed_relationships"},
    {NotificationKind::added_to_collection, "added_to_collection"},
    {NotificationKind::collection_update, "collection_update"},
    {NotificationKind::moderation_warning, "moderation_warning"},
    // Of events, by the names that come nearest: apps refuse whole lists for a type that they do not know.
    {NotificationKind::gathering_changed, "update"},
    {NotificationKind::gathering_asked, "favourite"},
    {NotificationKind::answer_chosen, "answer_chosen"},
}};

// AccountWarning.action knows one of the things that a group's team does to posts.
std::string_view warning_action(model::GroupActKind kind) {
    return kind == model::GroupActKind::remove_post ? "delete_statuses" : "none";
}

void write_warning(json::Writer& w, const community::Context& context, const community::GroupActView& view) {
    const auto& act = view.act;
    w.object().member("id", std::to_string(act.id)).member("action", warning_action(act.kind)).member("text", community::sentence_of(view));
    w.key("status_ids");
    if (act.post_id)
        w.array().value(std::to_string(*act.post_id)).end();
    else
        w.null();
    w.key("target_account");
    write_account(w, context, *view.target);
    w.key("appeal");
    if (view.appeal)
        w.object().member("text", view.appeal->text).member("state", community::appeal_state(*view.appeal)).end();
    else
        w.null();
    w.member("created_at", format_iso8601(act.at)).end();
}

}  // namespace

std::string_view notification_type(NotificationKind kind) {
    for (const auto& [each, type] : types)
        if (each == kind) return type;
    return "mention";
}

std::vector<NotificationKind> notification_kinds(const std::vector<std::string_view>& wanted) {
    std::vector<NotificationKind> out;
    for (const auto& [kind, type] : types)
        if (std::find(wanted.begin(), wanted.end(), type) != wanted.end()) out.push_back(kind);
    return out;
}

std::optional<community::NotificationFilter> notification_filter(const http::Params& params) {
    const auto wanted = params.list("types");
    community::NotificationFilter filter;
    filter.types = notification_kinds(wanted);
    filter.exclude_types = notification_kinds(params.list("exclude_types"));
    filter.from_id = params.id("account_id");
    filter.with_filtered = params.flag_or("include_filtered", false);
    // An empty filter would ask for all.
    if (!wanted.empty() && filter.types.empty()) return {};
    return filter;
}

std::string group_key_text(const NotificationGroupKey& key) {
    if (key.alone) return std::string(ungrouped) + std::to_string(*key.alone);
    auto out = std::string(notification_type(key.kind)) + "-";
    if (key.post_id) out += std::to_string(*key.post_id) + "-";
    return out + std::to_string(key.half_day);
}

std::optional<NotificationGroupKey> group_key_from(std::string_view text) {
    if (text.starts_with(ungrouped)) {
        const auto id = parse_id(text.substr(ungrouped.size()));
        return id ? std::optional(NotificationGroupKey{.alone = id}) : std::nullopt;
    }
    for (const auto& [kind, type] : types) {
        if (!community::has_groups(kind) || !text.starts_with(type)) continue;
        auto rest = text.substr(type.size());
        if (!rest.starts_with("-")) continue;
        rest.remove_prefix(1);
        NotificationGroupKey key{.kind = kind};
        if (const auto dash = rest.find('-'); dash != rest.npos) {
            key.post_id = parse_id(rest.substr(0, dash));
            if (!key.post_id) return {};
            rest.remove_prefix(dash + 1);
        }
        const auto half_day = parse_id(rest);
        if (!half_day || *half_day > half_days_max) return {};
        key.half_day = *half_day;
        return key;
    }
    return {};
}

SupportedTypes supported_types(const http::Params& params) { return params.list("supported_types"); }

void write_fallback(json::Writer& w, const community::Context& context, const community::NotificationView& view,
                    const SupportedTypes& supported) {
    const auto kind = view.notification.kind;
    if (supported.empty() ||
        std::find(supported.begin(), supported.end(), notification_type(kind)) != supported.end())
        return;
    const auto who = html::escape(view.from.name.empty() ? view.from.username : view.from.name);
    std::string title, summary, link;
    if (kind == NotificationKind::moved) {
        title = who + " has moved to another account";
        summary = "Who followed them here may follow the new account.";
        link = view.from.url.empty() ? view.from.ap_id : view.from.url;
    } else if (kind == NotificationKind::answer_chosen && view.post) {
        title = who + " chose your comment as the answer";
        summary = html::escape(view.post->group ? (view.post->group->name.empty() ? view.post->group->username : view.post->group->name) : "");
        link = view.post->post.url.empty() ? view.post->post.ap_id : view.post->post.url;
    } else if (view.collection) {
        title = who + (kind == NotificationKind::added_to_collection ? " added you to a collection"
                                                                     : " changed a collection that you are in");
        summary = html::escape(view.collection->collection.name);
        link = context.urls.collection(view.collection->collection.id);
    } else {
        return;
    }
    const auto address = html::escape(link);
    w.key("fallback").object().member("title", title).member("summary", summary);
    w.member("details", "<p>" + summary + "</p><p><a href=\"" + address + "\">" + address + "</a></p>").end();
}

void write_notification(json::Writer& w, const community::Context& context, Id owner_id,
                        const community::NotificationView& view, const SupportedTypes& supported) {
    const auto& notification = view.notification;
    w.object().member("id", std::to_string(notification.id)).member("type", notification_type(notification.kind));
    w.member("group_key", group_key_text(community::group_key_of(notification)));
    w.member("created_at", format_iso8601(notification.created_at));
    if (notification.filtered) w.member("filtered", true);
    w.key("account");
    write_account(w, context, view.from);
    if (view.post) {
        w.key("status");
        write_status(w, context, community::Viewer::actor(owner_id), *view.post);
    }
    write_notification_extras(w, context, view);
    write_fallback(w, context, view, supported);
    w.end();
}

void write_notification_extras(json::Writer& w, const community::Context& context,
                               const community::NotificationView& view) {
    if (view.report) {
        w.key("report");
        write_report(w, context, *view.report);
    }
    if (view.collection) {
        w.key("collection");
        write_collection(w, context, *view.collection);
    }
    if (view.act && view.act->target) {
        w.key("moderation_warning");
        write_warning(w, context, *view.act);
    }
    if (view.severance) {
        const auto& [severance, followers, following] = *view.severance;
        w.key("event").object().member("id", std::to_string(severance.id));
        w.member("type", "domain_block").member("purged", false);
        w.member("target_name", severance.host).member("followers_count", followers);
        w.member("following_count", following);
        w.member("created_at", format_iso8601(severance.at)).end();
    }
}

}  // namespace kith::mastodon
