#include "node/community/notification_policy.hpp"

#include "config/limits/personal.hpp"
#include "node/community/events.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/severances.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::community {

using model::NotificationKind;
using model::NotificationPolicy;
using model::NotificationRequest;
using model::NotificationRule;
using sql::Tx;

namespace {

// What is of the owner's own doing or of the node's is never held back.
bool can_be_held_back(NotificationKind kind) {
    switch (kind) {
        case NotificationKind::mention:
        case NotificationKind::reblog:
        case NotificationKind::favourite:
        case NotificationKind::follow:
        case NotificationKind::follow_request:
        case NotificationKind::status:
        case NotificationKind::quote:
        case NotificationKind::added_to_collection:
        case NotificationKind::collection_update:
            return true;
        default:
            return false;
    }
}

Result<bool> moderates(Tx& tx, const model::Actor& from) {
    if (!from.local) return false;
    const auto user = TRY(repo::find_user_by_actor(tx, from.id));
    return user && user->role != model::UserRole::member;
}

// A private post that does not answer one of the owner's own.
Result<bool> is_unasked_private_mention(Tx& tx, Id owner, std::optional<Id> post_id) {
    if (!post_id) return false;
    const auto post = TRY(repo::find_post(tx, *post_id));
    return post && post->visibility == model::Visibility::direct &&
           !TRY(repo::wrote_in_thread(tx, owner, post->thread_id));
}

Result<NotificationRequest> own_request(Tx& tx, Id owner, Id id) {
    const auto request = TRY(repo::find_notification_request(tx, owner, id));
    if (!request) return fail(Code::not_found, "Record not found");
    return *request;
}

Result<NotificationPolicyView> view_of(Tx& tx, Id owner) {
    return NotificationPolicyView{TRY(repo::notification_policy(tx, owner)), TRY(repo::count_filtered(tx, owner))};
}

Result<std::vector<NotificationRequestView>> load(Tx& tx, Id owner, const std::vector<NotificationRequest>& rows) {
    std::vector<Id> actors;
    std::vector<Entry> entries;
    for (const auto& row : rows) {
        actors.push_back(row.from_id);
        if (row.last_post_id) entries.push_back({.id = *row.last_post_id, .post_id = *row.last_post_id});
    }
    std::unordered_map<Id, model::Actor> by_id;
    for (auto& actor : TRY(repo::actors_by_ids(tx, actors))) by_id.emplace(actor.id, std::move(actor));
    std::unordered_map<Id, PostView> posts;
    for (auto& view : TRY(load_views(tx, Viewer::actor(owner), entries))) posts.emplace(view.post.id, std::move(view));
    std::vector<NotificationRequestView> out;
    for (const auto& row : rows) {
        const auto from = by_id.find(row.from_id);
        if (from == by_id.end()) continue;
        NotificationRequestView view{row, from->second, {}};
        if (row.last_post_id)
            if (const auto post = posts.find(*row.last_post_id); post != posts.end()) view.last_post = post->second;
        out.push_back(std::move(view));
    }
    return out;
}

}  // namespace

Result<NotificationRule> notification_rule(Tx& tx, const Context& context, Id owner, NotificationKind kind,
                                           const model::Actor& from, std::optional<Id> post) {
    if (!can_be_held_back(kind)) return NotificationRule::accept;
    const auto policy = TRY(repo::notification_policy(tx, owner));
    const auto now = context.clock.now_ms();
    auto rule = policy.not_following;
    const auto stricter = [&](NotificationRule other) { rule = std::max(rule, other); };
    // A request is no noise: it waits for its answer anyway.
    if (policy.limited_accounts > rule && kind != NotificationKind::follow_request &&
        TRY(repo::is_silenced(tx, from.id)))
        stricter(policy.limited_accounts);
    if (from.created_at > now - limits::new_account_ms) stricter(policy.new_accounts);
    if (policy.private_mentions > rule && kind == NotificationKind::mention &&
        TRY(is_unasked_private_mention(tx, owner, post)))
        stricter(policy.private_mentions);
    if (rule != NotificationRule::accept && TRY(repo::find_follow(tx, owner, from.id)))
        rule = NotificationRule::accept;
    if (policy.not_followers > rule) {
        const auto follow = TRY(repo::find_follow(tx, from.id, owner));
        const auto since = follow && follow->accepted_at ? *follow->accepted_at : now;
        if (since > now - limits::new_follower_ms) stricter(policy.not_followers);
    }
    if (rule == NotificationRule::accept) return rule;
    if (TRY(repo::permits_notifications(tx, owner, from.id)) || TRY(moderates(tx, from)))
        return NotificationRule::accept;
    return rule;
}

Result<NotificationPolicyView> notification_policy(Context& context, Id owner) {
    return context.db.read([owner](Tx& tx) { return view_of(tx, owner); });
}

Result<NotificationPolicyView> set_notification_policy(Context& context, Id owner,
                                                       const NotificationPolicyChange& change) {
    return context.db.write([&](Tx& tx) -> Result<NotificationPolicyView> {
        auto policy = TRY(repo::notification_policy(tx, owner));
        policy.not_following = change.not_following.value_or(policy.not_following);
        policy.not_followers = change.not_followers.value_or(policy.not_followers);
        policy.new_accounts = change.new_accounts.value_or(policy.new_accounts);
        policy.private_mentions = change.private_mentions.value_or(policy.private_mentions);
        policy.limited_accounts = change.limited_accounts.value_or(policy.limited_accounts);
        TRY(repo::put_notification_policy(tx, owner, policy));
        return view_of(tx, owner);
    });
}

Result<Page<NotificationRequestView>> notification_requests(Context& context, Id owner, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<NotificationRequestView>> {
        const auto rows = TRY(repo::notification_requests_page(tx, owner, window_of(request)));
        Page<NotificationRequestView> page;
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        page.items = TRY(load(tx, owner, rows));
        return page;
    });
}

Result<NotificationRequestView> notification_request(Context& context, Id owner, Id id) {
    return context.db.read([&](Tx& tx) -> Result<NotificationRequestView> {
        auto views = TRY(load(tx, owner, {TRY(own_request(tx, owner, id))}));
        if (views.empty()) return fail(Code::not_found, "Record not found");
        return std::move(views.front());
    });
}

Result<> accept_notification_requests(Context& context, Id owner, std::span<const Id> requests) {
    return context.db.write([&](Tx& tx) -> Result<> {
        for (const auto id : requests) {
            const auto request = TRY(own_request(tx, owner, id));
            TRY(repo::permit_notifications(tx, owner, request.from_id));
            TRY(repo::accept_filtered_notifications(tx, owner, request.from_id));
            TRY(repo::remove_notification_request(tx, request.id));
        }
        return emit(tx, context, {.kind = model::EventKind::notifications_merged, .actor_id = owner});
    });
}

Result<> dismiss_notification_requests(Context& context, Id owner, std::span<const Id> requests) {
    return context.db.write([&](Tx& tx) -> Result<> {
        for (const auto id : requests) {
            const auto request = TRY(own_request(tx, owner, id));
            TRY(repo::remove_filtered_notifications(tx, owner, request.from_id));
            TRY(repo::remove_notification_request(tx, request.id));
        }
        return {};
    });
}

}  // namespace kith::community
