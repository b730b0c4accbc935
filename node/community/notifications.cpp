#include "node/community/notifications.hpp"

#include "node/community/page_window.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
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
    NotificationKind::quoted_update, NotificationKind::admin_report, NotificationKind::moved,
    NotificationKind::severed_relationships};

std::string kinds_of(const NotificationFilter& filter) {
    std::vector<Id> kinds;
    for (auto kind : all_kinds) {
        auto in = [kind](const auto& list) {
            return std::find(list.begin(), list.end(), kind) != list.end();
        };
        if ((filter.types.empty() || in(filter.types)) && !in(filter.exclude_types))
            kinds.push_back(Id(kind));
    }
    return repo::json_ids(kinds);
}

// Rows whose post is not visible (any more) are left out.
Result<std::vector<NotificationView>> load(sql::Tx& tx, Id owner,
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
        if (from == actors.end() || from->second.deleted_at || from->second.suspended_at) continue;
        NotificationView view{n, from->second, {}, {}, {}};
        if (n.severance_id) {
            view.severance = TRY(load_severance(tx, owner, *n.severance_id));
            if (!view.severance) continue;
        }
        if (n.report_id) {
            // Only for as long as its owner is a moderator.
            if (TRY(handles_reports(tx, owner))) view.report = TRY(load_report(tx, *n.report_id));
            if (!view.report) continue;
        }
        if (n.post_id) {
            auto post = posts.find(*n.post_id);
            if (post == posts.end()) continue;
            view.post = post->second;
        }
        out.push_back(std::move(view));
    }
    return out;
}

}  // namespace

Result<Page<NotificationView>> notifications(Context& context, Id actor_id,
                                             const NotificationFilter& filter,
                                             const PageRequest& request) {
    return context.db.read([&](sql::Tx& tx) -> Result<Page<NotificationView>> {
        auto rows = TRY(repo::notifications_page(tx, actor_id, kinds_of(filter), filter.from_id,
                                                 context.clock.now_ms(), window_of(request)));
        Page<NotificationView> page;
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        page.items = TRY(load(tx, actor_id, rows));
        return page;
    });
}

Result<NotificationView> notification(Context& context, Id actor_id, Id notification_id) {
    return context.db.read([&](sql::Tx& tx) -> Result<NotificationView> {
        auto row = TRY(repo::find_notification(tx, actor_id, notification_id));
        std::vector<NotificationView> views;
        if (row) views = TRY(load(tx, actor_id, {*row}));
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

Result<> notify(sql::Tx& tx, const Context& context, Id owner_id, NotificationKind kind, Id from_id,
                std::optional<Id> post_id) {
    if (owner_id == from_id) return {};
    auto owner = TRY(repo::find_actor(tx, owner_id));
    if (!owner || !owner->local || owner->is_group() || owner->deleted_at) return {};
    if (TRY(repo::either_blocks(tx, owner_id, from_id))) return {};
    if (TRY(repo::is_silenced(tx, from_id)) && !TRY(repo::find_follow(tx, owner_id, from_id)) &&
        kind != NotificationKind::follow_request)
        return {};
    if (post_id && TRY(repo::mutes_thread_of(tx, owner_id, *post_id))) return {};
    const auto from = TRY(repo::find_actor(tx, from_id));
    if (from && !from->local && TRY(repo::blocks_domain(tx, owner_id, from->host))) return {};
    auto now = context.clock.now_ms();
    auto mute = TRY(repo::find_mute(tx, owner_id, from_id, now));
    if (mute && mute->hide_notifications) return {};
    TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                    .owner_id = owner_id,
                                    .kind = kind,
                                    .from_id = from_id,
                                    .post_id = post_id,
                                    .created_at = now}));
    return {};
}

}  // namespace kith::community
