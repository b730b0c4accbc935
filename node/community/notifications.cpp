#include "node/community/notifications.hpp"

#include "node/community/filter_views.hpp"
#include "node/community/notification_policy.hpp"
#include "node/community/page_window.hpp"
#include "node/community/personal.hpp"
#include "storage/repo/actors.hpp"
#include "config/limits/mail.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/mail_wishes.hpp"
#include "storage/repo/notices.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/severances.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::community {

using model::Notification;
using model::NotificationKind;

namespace {

constexpr NotificationKind all_kinds[] = {
    NotificationKind::mention, NotificationKind::reblog,         NotificationKind::favourite,
    NotificationKind::follow,  NotificationKind::follow_request, NotificationKind::poll,
    NotificationKind::update,  NotificationKind::status,         NotificationKind::quote,
    NotificationKind::quoted_update, NotificationKind::admin_report, NotificationKind::admin_sign_up,
    NotificationKind::moved,
    NotificationKind::severed_relationships, NotificationKind::added_to_collection,
    NotificationKind::collection_update, NotificationKind::moderation_warning,
    NotificationKind::gathering_changed, NotificationKind::gathering_asked,
    NotificationKind::answer_chosen};

}  // namespace

repo::NotificationRows rows_of(const NotificationFilter& filter) {
    std::vector<Id> kinds;
    for (auto kind : all_kinds) {
        auto in = [kind](const auto& list) {
            return std::find(list.begin(), list.end(), kind) != list.end();
        };
        if ((filter.types.empty() || in(filter.types)) && !in(filter.exclude_types))
            kinds.push_back(Id(kind));
    }
    return {.kinds = repo::json_ids(kinds), .from = filter.from_id, .with_filtered = filter.with_filtered,
            .unread_above = filter.unread_above};
}

Result<std::vector<NotificationView>> load_notifications(sql::Tx& tx, const Context& context, Id owner,
                                                         const std::vector<Notification>& rows) {
    std::vector<Id> actor_ids;
    std::vector<Entry> entries;
    for (const auto& n : rows) {
        actor_ids.push_back(n.from_id);
        if (n.post_id) entries.push_back({.id = *n.post_id, .post_id = *n.post_id});
    }
    std::unordered_map<Id, model::Actor> actors;
    for (auto& actor : TRY(repo::actors_by_ids(tx, actor_ids)))
        actors.emplace(actor.id, std::move(actor));
    std::unordered_map<Id, PostView> posts;
    for (auto& view : TRY(load_views(tx, Viewer::actor(owner), entries)))
        posts.emplace(view.post.id, std::move(view));
    std::vector<NotificationView> out;
    for (const auto& n : rows) {
        auto from = actors.find(n.from_id);
        // Who waits to be let in is hidden from all but moderators.
        const bool hidden = from != actors.end() && from->second.suspended_at &&
                            (n.kind != NotificationKind::admin_sign_up || !TRY(handles_reports(tx, owner)));
        if (from == actors.end() || from->second.deleted_at || hidden) continue;
        NotificationView view{n, from->second, {}, {}, {}, {}};
        if (n.collection_id) {
            view.collection = TRY(load_collection(tx, Viewer::actor(owner), *n.collection_id));
            if (!view.collection) continue;
        }
        if (n.severance_id) {
            view.severance = TRY(load_severance(tx, owner, *n.severance_id));
            if (!view.severance) continue;
        }
        if (n.report_id) {
            // Only for as long as its owner sees reports.
            view.report = TRY(load_report(tx, *n.report_id));
            if (!view.report || !TRY(sees_report(tx, owner, view.report->report))) continue;
        }
        if (n.act_id) {
            if (const auto act = TRY(repo::find_group_act(tx, *n.act_id))) view.act = TRY(load_act(tx, *act));
            if (!view.act) continue;
        }
        if (n.post_id) {
            auto post = posts.find(*n.post_id);
            if (post == posts.end()) continue;
            if (hidden_by_filter(post->second, model::filter_notifications, context.clock.now_ms())) continue;
            view.post = post->second;
        }
        out.push_back(std::move(view));
    }
    return out;
}

Result<Page<NotificationView>> notifications(Context& context, Id actor_id,
                                             const NotificationFilter& filter,
                                             const PageRequest& request) {
    return context.db.read([&](sql::Tx& tx) -> Result<Page<NotificationView>> {
        auto rows = TRY(repo::notifications_page(tx, actor_id, rows_of(filter), context.clock.now_ms(),
                                                 window_of(request)));
        Page<NotificationView> page;
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        page.items = TRY(load_notifications(tx, context, actor_id, rows));
        return page;
    });
}

Result<NotificationView> notification(Context& context, Id actor_id, Id notification_id) {
    return context.db.read([&](sql::Tx& tx) -> Result<NotificationView> {
        auto row = TRY(repo::find_notification(tx, actor_id, notification_id));
        std::vector<NotificationView> views;
        if (row) views = TRY(load_notifications(tx, context, actor_id, {*row}));
        if (views.empty()) return fail(Code::not_found, "Record not found");
        return std::move(views.front());
    });
}

Result<> clear_notifications(Context& context, Id actor_id) {
    return context.db.write([=](sql::Tx& tx) { return repo::clear_notifications(tx, actor_id); });
}

Result<> dismiss_notification(Context& context, Id actor_id, Id notification_id) {
    return context.db.write([=](sql::Tx& tx) -> Result<> {
        if (!TRY(repo::remove_notification(tx, actor_id, notification_id)))
            return fail(Code::not_found, "Record not found");
        return {};
    });
}

Result<Id> last_read_notification(sql::Tx& tx, Id owner) {
    for (const auto& marker : TRY(repo::markers(tx, owner)))
        if (marker.timeline == "notifications") return marker.last_read_id;
    return Id(0);
}

Result<int> unread_notifications(Context& context, Id actor_id, const NotificationFilter& filter, int limit) {
    return context.db.read([&](sql::Tx& tx) -> Result<int> {
        const repo::Window window{.above = TRY(last_read_notification(tx, actor_id)), .limit = limit};
        return int(
            TRY(repo::notifications_page(tx, actor_id, rows_of(filter), context.clock.now_ms(), window)).size());
    });
}

Result<> set_notification_seen(Context& context, Id actor_id, Id notification_id, bool seen) {
    return context.db.write([=](sql::Tx& tx) -> Result<> {
        if (!TRY(repo::set_notification_seen(tx, actor_id, notification_id, seen))) return fail(Code::not_found, "Record not found");
        return {};
    });
}

Result<> see_all_notifications(Context& context, Id actor_id) {
    const auto newest = TRY(notifications(context, actor_id, {}, {.limit = 1}));
    const auto before = TRY(context.db.read([&](sql::Tx& tx) { return last_read_notification(tx, actor_id); }));
    if (newest.prev_min_id && *newest.prev_min_id > before) TRY(set_markers(context, actor_id, {{"notifications", *newest.prev_min_id}}));
    return context.db.write([=](sql::Tx& tx) { return repo::forget_notifications_seen(tx, actor_id); });
}

Result<std::vector<bool>> notifications_read(sql::Tx& tx, Id actor_id, const std::vector<Id>& ids) {
    const auto mark = TRY(last_read_notification(tx, actor_id));
    const auto said = TRY(repo::notifications_seen(tx, actor_id, ids));
    std::vector<bool> out;
    for (const auto id : ids) {
        const auto found = std::find_if(said.begin(), said.end(), [id](const auto& each) { return each.first == id; });
        out.push_back(found == said.end() ? id <= mark : found->second);
    }
    return out;
}

Result<std::vector<bool>> notifications_read(Context& context, Id actor_id, const std::vector<NotificationView>& views) {
    std::vector<Id> ids;
    for (const auto& view : views) ids.push_back(view.notification.id);
    return context.db.read([&](sql::Tx& tx) { return notifications_read(tx, actor_id, ids); });
}

Result<> notify(sql::Tx& tx, const Context& context, Id owner_id, NotificationKind kind, Id from_id,
                std::optional<Id> post_id, std::optional<Id> collection_id) {
    if (owner_id == from_id) return {};
    auto owner = TRY(repo::find_actor(tx, owner_id));
    if (!owner || !owner->local || owner->is_group() || owner->deleted_at) return {};
    if (TRY(repo::either_blocks(tx, owner_id, from_id))) return {};
    if (post_id && (TRY(repo::mutes_thread_of(tx, owner_id, *post_id)) || TRY(repo::mutes_group_of(tx, owner_id, *post_id)))) return {};
    const auto from = TRY(repo::find_actor(tx, from_id));
    if (!from) return {};
    if (!from->local && TRY(repo::blocks_domain(tx, owner_id, from->host))) return {};
    auto now = context.clock.now_ms();
    auto mute = TRY(repo::find_mute(tx, owner_id, from_id, now));
    if (mute && mute->hide_notifications) return {};
    const auto rule = TRY(notification_rule(tx, context, owner_id, kind, *from, post_id));
    if (rule == model::NotificationRule::drop) return {};
    const bool filtered = rule == model::NotificationRule::filter;
    TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                    .owner_id = owner_id,
                                    .kind = kind,
                                    .from_id = from_id,
                                    .post_id = post_id,
                                    .created_at = now,
                                    .collection_id = collection_id,
                                    .filtered = filtered}));
    if (filtered)
        TRY(repo::put_notification_request(tx, {.id = context.ids.next(),
                                                .owner_id = owner_id,
                                                .from_id = from_id,
                                                .last_post_id = post_id,
                                                .created_at = now,
                                                .updated_at = now}));
    else
        TRY(repo::want_notices(tx, owner_id, kind, now + limits::mail_notices_wait_ms));
    return {};
}

}  // namespace kith::community
