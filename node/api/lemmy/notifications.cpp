// What happened to a member: answers, mentions, messages, what moderators of groups did, and what they asked to hear of.
// Each is read or not by itself; of which nothing was said is read up to the member's mark, which the Mastodon API moves.
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/messages.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/applications.hpp"
#include "node/community/notifications.hpp"
#include "node/community/reports.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <map>

namespace kith::lemmy {

namespace {

using community::NotificationView;
using community::Viewer;
using http::Exchange;
using model::NotificationKind;

// "reply", "mention", "subscribed", "private_message" or "mod_action"; nothing for what Lemmy does not tell.
std::string_view kind_of(const NotificationView& view, Id owner) {
    if (view.act) return "mod_action";
    if (view.post && view.notification.kind == NotificationKind::status) return view.post->post.group_id ? "subscribed" : "";
    const auto told = told_by(view, owner);
    return !told ? "" : *told == Told::message ? "private_message" : *told == Told::reply ? "reply" : "mention";
}

// The kinds that Lemmy tells of.
community::NotificationFilter told_of() { return {.types = {NotificationKind::mention, NotificationKind::status, NotificationKind::moderation_warning}, .exclude_types = {}, .from_id = {}}; }

void write_mod_action(json::Writer& w, const ApiContext& api, Id owner, const NotificationView& view, bool read) {
    json::Writer data;
    if (!write_log_line(data, api, *view.act, "mod_action")) return;
    w.object().key("notification").object().member("id", view.notification.id).member("recipient_id", owner);
    w.member("modlog_id", view.act->act.id).member("read", read).member("kind", "mod_action");
    w.member("creator_id", view.act->moderator.id).member("published_at", format_iso8601(view.notification.created_at)).end();
    w.key("data").raw(data.take()).end();
}

void write_one(json::Writer& w, const ApiContext& api, const Viewer& viewer, const NotificationView& view, std::string_view kind,
               bool read) {
    if (view.act) return write_mod_action(w, api, *viewer.actor_id, view, read);
    const auto& post = view.post->post;
    json::Writer data;
    if (kind == "private_message")
        write_message_view(data, api, *view.post, *viewer.actor_id, "private_message");
    else if (!write_either(data, api, viewer, post.id, "all"))
        return;
    w.object().key("notification").object().member("id", view.notification.id).member("recipient_id", *viewer.actor_id);
    if (kind == "private_message")
        w.member("private_message_id", post.id);
    else
        w.member(post.is_reply() ? "comment_id" : "post_id", post.id);
    w.member("read", read).member("kind", kind).member("creator_id", view.from.id);
    w.member("published_at", format_iso8601(view.notification.created_at)).end().key("data").raw(data.take()).end();
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto viewer = Viewer::actor(caller.account_id);
    const auto& params = *TRY(exchange.params());
    auto filter = told_of();
    filter.from_id = params.id("creator_id");
    if (params.flag_or("unread_only", false))
        filter.unread_above = TRY(api.community.db.read([&](sql::Tx& tx) { return community::last_read_notification(tx, caller.account_id); }));
    const auto page = TRY(page_of<NotificationView>(
        params, [&](const community::PageRequest& request) { return community::notifications(api.community, caller.account_id, filter, request); }));
    const auto read = TRY(community::notifications_read(api.community, caller.account_id, page.items));
    const auto type = params.get_or("type_", "all");
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (std::size_t i = 0; i < page.items.size(); ++i) {
                                 const auto kind = kind_of(page.items[i], caller.account_id);
                                 if (!kind.empty() && (type == "all" || type == kind)) write_one(w, api, viewer, page.items[i], kind, read[i]);
                             }
                         }, page.beside));
}

Result<> mark_one(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(community::set_notification_seen(api.community, caller.account_id, params.id("notification_id").value_or(0), params.flag_or("read", true)));
    return exchange.json(200, success());
}

Result<> mark_all(const ApiContext& api, Exchange& exchange) {
    TRY(community::see_all_notifications(api.community, TRY(require_member(api, exchange)).account_id));
    return exchange.json(200, success());
}

// How many of them are unread, and what waits for the team.
Result<> unread(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    auto filter = told_of();
    filter.unread_above = TRY(api.community.db.read([&](sql::Tx& tx) { return community::last_read_notification(tx, caller.account_id); }));
    const auto page = TRY(community::notifications(api.community, caller.account_id, filter, {.limit = limits::lemmy_unread_counted_max}));
    const auto shown = TRY(shown_of(api, caller.account_id, page.items));
    const auto count = std::count_if(shown.begin(), shown.end(), [&](const auto& view) { return !kind_of(view, caller.account_id).empty(); });
    json::Writer w;
    w.object().member("notification_count", std::int64_t(count));
    w.member("report_count", TRY(community::count_team_reports(api.community, caller.account_id)));
    if (const auto waiting = TRY(community::undecided_applications(api.community, caller.account_id)))
        w.member("registration_application_count", *waiting);
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

std::optional<Told> told_by(const NotificationView& view, Id owner) {
    if (!view.post || view.notification.kind != NotificationKind::mention) return std::nullopt;
    const auto& post = view.post->post;
    if (post.visibility == model::Visibility::direct) return Told::message;
    if (!post.group_id) return std::nullopt;
    return post.in_reply_to_actor_id == owner ? Told::reply : Told::mention;
}

Result<std::vector<NotificationView>> shown_of(const ApiContext& api, Id owner, std::vector<NotificationView> views) {
    return api.community.db.read([&](sql::Tx& tx) -> Result<std::vector<NotificationView>> {
        std::map<Id, bool> seen;
        std::vector<NotificationView> out;
        for (auto& view : views) {
            if (view.post && view.post->post.group_id) {
                const auto thread = view.post->post.thread_id;
                if (!seen.contains(thread)) seen[thread] = TRY(repo::sees_post(tx, owner, thread));
                if (!seen[thread]) continue;
            }
            out.push_back(std::move(view));
        }
        return out;
    });
}

void add_notification_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/account/notification/list", list},
                   {"GET", "/api/v4/account/unread_counts", unread},
                   {"POST", "/api/v4/account/notification/mark_as_read", mark_one},
                   {"POST", "/api/v4/account/notification/mark_as_read/all", mark_all}});
}

}  // namespace kith::lemmy
