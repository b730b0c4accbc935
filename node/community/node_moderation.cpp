#include "node/community/node_moderation.hpp"

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "config/limits/sign_up.hpp"
#include "node/community/devices.hpp"
#include "node/community/domains.hpp"
#include "node/community/events.hpp"
#include "node/community/farewell.hpp"
#include "node/community/moderation.hpp"
#include "node/community/page_window.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/team.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/domain_rules.hpp"
#include "storage/repo/domains.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/host_suspension.hpp"
#include "storage/repo/oauth.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using model::Actor;
using model::NodeAct;
using model::NodeActKind;
using model::UserRole;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

Result<std::string> checked_reason(std::string_view text, bool needed) {
    std::string reason(text::trim(text));
    if (needed && reason.empty()) return invalid("Reason can't be blank");
    if (utf8::length(reason) > limits::moderation_reason_characters_max) return invalid("Reason is too long");
    return reason;
}

Result<Actor> group_here(Tx& tx, Id id) {
    auto group = TRY(repo::find_actor(tx, id));
    if (!group || !group->is_group() || group->deleted_at) return not_found();
    return std::move(*group);
}

Result<> lift(Tx& tx, const Context& context, Id person) {
    TRY(repo::remove_person_ban(tx, person));
    const auto actor = TRY(repo::find_actor(tx, person));
    return actor && !actor->deleted_at ? let_account_back(tx, context, person) : Result<>{};
}

}  // namespace

Result<> log_node_act(Tx& tx, const Context& context, NodeAct act) {
    act.id = context.ids.next();
    act.at = context.clock.now_ms();
    return repo::add_node_act(tx, act);
}

Result<> ban_person(Context& context, Id moderator, const NewBan& wanted) {
    const auto reason = TRY(checked_reason(wanted.reason, true));
    const auto now = context.clock.now_ms();
    if (wanted.expires_at && *wanted.expires_at <= now) return invalid("Expires at must be in the future");
    return context.db.write([&context, moderator, wanted, reason, now](Tx& tx) -> Result<> {
        const auto before = TRY(repo::person_bans(tx, std::span(&wanted.person, 1), now));
        const auto actor = TRY(repo::find_actor(tx, wanted.person));
        if (!actor) return not_found();
        TRY(take_account_action(tx, context, moderator, wanted.person,
                                wanted.with_posts ? AccountAction::suspend : actor->local ? AccountAction::disable : AccountAction::none));
        if (!wanted.with_posts && !before.empty() && before.front().with_posts) TRY(repo::set_suspended(tx, wanted.person, {}));
        TRY(repo::put_person_ban(tx, {.actor_id = wanted.person, .with_posts = wanted.with_posts, .expires_at = wanted.expires_at, .at = now}));
        return log_node_act(tx, context, {.kind = NodeActKind::ban,
                                          .moderator_id = moderator,
                                          .target_id = wanted.person,
                                          .reason = reason,
                                          .expires_at = wanted.expires_at});
    });
}

Result<> unban_person(Context& context, Id moderator, Id person, std::string_view text) {
    const auto reason = TRY(checked_reason(text, false));
    return context.db.write([&context, moderator, person, reason](Tx& tx) -> Result<> {
        TRY(take_account_action(tx, context, moderator, person, AccountAction::none));  // whether they may
        if (TRY(repo::person_bans(tx, std::span(&person, 1), context.clock.now_ms())).empty()) return invalid("they are not banned");
        TRY(lift(tx, context, person));
        return log_node_act(tx, context, {.kind = NodeActKind::ban, .reverts = true, .moderator_id = moderator, .target_id = person, .reason = reason});
    });
}

Result<bool> lift_what_is_over(Context& context) {
    const auto now = context.clock.now_ms();
    const auto lifted = TRY(context.db.write([&context, now](Tx& tx) -> Result<std::size_t> {
        const auto over = TRY(repo::person_bans_over(tx, now, limits::bans_lifted_at_once));
        for (const auto& ban : over) TRY(lift(tx, context, ban.actor_id));
        return over.size();
    }));
    const auto hosts = TRY(context.db.read([now](Tx& tx) { return repo::domain_blocks_over(tx, now, limits::bans_lifted_at_once); }));
    for (const auto& host : hosts) {
        const auto done = unblock_domain(context, host);  // or somebody did so before
        if (!done && done.error().code != Code::not_found) return tl::unexpected(done.error());
        TRY(context.db.write([&host](Tx& tx) { return repo::set_domain_block_end(tx, host, {}); }));
    }
    return lifted + hosts.size() > 0;
}

Result<bool> is_shut_out(Tx& tx, const Context& context, const Actor& actor) {
    return actor.suspended_at || TRY(repo::is_person_banned(tx, actor.id, context.clock.now_ms()));
}

Result<> purge_person(Context& context, Id admin, Id person, std::string_view text) {
    const auto reason = TRY(checked_reason(text, false));
    return context.db.write([&context, admin, person, reason](Tx& tx) -> Result<> {
        TRY(require_role(tx, admin, UserRole::admin));
        TRY(take_account_action(tx, context, admin, person, AccountAction::none));
        const auto actor = TRY(repo::find_actor(tx, person));
        TRY(say_farewell(tx, context, *actor));
        return log_node_act(tx, context, {.kind = NodeActKind::purge_person, .moderator_id = admin, .reason = reason});
    });
}

Result<> purge_group(Context& context, Id admin, Id group_id, std::string_view text) {
    const auto reason = TRY(checked_reason(text, false));
    return context.db.write([&context, admin, group_id, reason](Tx& tx) -> Result<> {
        TRY(require_role(tx, admin, UserRole::admin));
        TRY(say_farewell(tx, context, TRY(group_here(tx, group_id))));
        return log_node_act(tx, context, {.kind = NodeActKind::purge_group, .moderator_id = admin, .reason = reason});
    });
}

Result<> purge_post(Context& context, Id admin, Id post_id, std::string_view text) {
    const auto reason = TRY(checked_reason(text, false));
    return context.db.write([&context, admin, post_id, reason](Tx& tx) -> Result<> {
        TRY(require_role(tx, admin, UserRole::admin));
        const auto post = TRY(repo::find_post(tx, post_id));
        // Of what is in no group an admin is not shown that it exists.
        if (!post || post->deleted_at || !post->group_id) return not_found();
        TRY(remove_post(tx, context, *post));
        if (post->local)
            TRY(emit(tx, context,
                     {.kind = model::EventKind::post_deleted,
                      .actor_id = post->actor_id,
                      .post_id = post->id,
                      .group_id = post->group_id,
                      .object_ap_id = post->ap_id}));
        return log_node_act(tx, context, {.kind = post->is_reply() ? NodeActKind::purge_comment : NodeActKind::purge_post,
                                          .moderator_id = admin,
                                          .target_id = post->group_id,
                                          .reason = reason});
    });
}

Result<> remove_group(Context& context, Id moderator, Id group_id, bool removed, std::string_view text) {
    const auto reason = TRY(checked_reason(text, removed));
    return context.db.write([&context, moderator, group_id, removed, reason](Tx& tx) -> Result<> {
        TRY(require_role(tx, moderator, UserRole::moderator));
        const auto group = TRY(group_here(tx, group_id));
        if (group.suspended_at.has_value() == removed) return invalid("it is so already");
        if (!removed && !group.local && TRY(repo::domain_policy(tx, group.host)).suspended) return invalid("its host is suspended");
        TRY(repo::set_suspended(tx, group_id, removed ? std::optional(context.clock.now_ms()) : std::nullopt));
        if (group.local) TRY(emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = group_id}));
        return log_node_act(tx, context, {.kind = NodeActKind::remove_group, .reverts = !removed, .moderator_id = moderator, .target_id = group_id, .reason = reason});
    });
}

Result<> hide_group(Context& context, Id moderator, Id group_id, bool hidden, std::string_view text) {
    const auto reason = TRY(checked_reason(text, hidden));
    return context.db.write([&context, moderator, group_id, hidden, reason](Tx& tx) -> Result<> {
        TRY(require_role(tx, moderator, UserRole::moderator));
        const auto group = TRY(group_here(tx, group_id));
        if (group.suspended_at) return not_found();
        const bool by_host = !group.local && TRY(repo::domain_policy(tx, group.host)).silenced;
        if (group.silenced == hidden) return invalid(by_host && !hidden ? "its host is silenced" : "it is so already");
        TRY(repo::set_limited(tx, group_id, hidden, hidden || by_host));
        return log_node_act(tx, context, {.kind = NodeActKind::hide_group, .reverts = !hidden, .moderator_id = moderator, .target_id = group_id, .reason = reason});
    });
}

Result<> block_host_openly(Context& context, Id admin, const std::string& host, bool blocked, std::string_view text,
                           std::optional<TimeMs> expires_at) {
    const auto reason = TRY(checked_reason(text, blocked));
    const auto now = context.clock.now_ms();
    if (expires_at && *expires_at <= now) return invalid("Expires at must be in the future");
    TRY(require_role(context, admin, UserRole::admin));
    if (blocked)
        TRY(block_domain(context, {.host = host, .severity = model::BlockSeverity::suspend, .reason = reason, .created_at = now}));
    else
        TRY(unblock_domain(context, host));
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::set_domain_block_end(tx, host, blocked ? expires_at : std::nullopt));
        return log_node_act(tx, context, {.kind = NodeActKind::block_host, .reverts = !blocked, .moderator_id = admin, .host = host, .reason = reason, .expires_at = expires_at});
    });
}

Result<> allow_host_openly(Context& context, Id admin, const std::string& host, bool allowed, std::string_view text) {
    const auto reason = TRY(checked_reason(text, false));
    TRY(require_role(context, admin, UserRole::admin));
    if (allowed)
        TRY(allow_domain(context, host));
    else
        TRY(disallow_domain(context, host));
    return context.db.write([&](Tx& tx) {
        return log_node_act(tx, context, {.kind = NodeActKind::allow_host, .reverts = !allowed, .moderator_id = admin, .host = host, .reason = reason});
    });
}

Result<Page<NodeActView>> node_log(Context& context, const repo::NodeActFilter& filter, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<NodeActView>> {
        Page<NodeActView> page;
        const auto acts = TRY(repo::node_acts_page(tx, filter, window_of(request)));
        if (!acts.empty()) set_cursors(page, acts.front().id, acts.back().id, acts.size(), request);
        for (const auto& act : acts) {
            NodeActView view{act, TRY(repo::find_actor(tx, act.moderator_id)).value_or(Actor{}), {}};
            if (act.target_id) view.target = TRY(repo::find_actor(tx, *act.target_id));
            page.items.push_back(std::move(view));
        }
        return page;
    });
}

Result<NodeStanding> node_standing(Context& context, const Actor& actor) {
    return context.db.read([&](Tx& tx) -> Result<NodeStanding> {
        NodeStanding out;
        if (actor.local) {
            const auto user = TRY(repo::find_user_by_actor(tx, actor.id));
            out.admin = user && user->role == UserRole::admin;
        }
        const auto bans = TRY(repo::person_bans(tx, std::span(&actor.id, 1), context.clock.now_ms()));
        out.banned = !bans.empty() || actor.suspended_at.has_value();
        if (!bans.empty()) out.ban_expires_at = bans.front().expires_at;
        return out;
    });
}

Result<Actor> known_person(Context& context, Id id) {
    return context.db.read([id](Tx& tx) -> Result<Actor> {
        auto actor = TRY(repo::find_actor(tx, id));
        if (!actor || actor->deleted_at || actor->is_group() || actor->kind == model::ActorKind::application) return not_found();
        return std::move(*actor);
    });
}

}  // namespace kith::community
