#include "node/community/moderation.hpp"

#include "node/community/accounts.hpp"
#include "node/community/devices.hpp"
#include "node/community/events.hpp"
#include "node/community/farewell.hpp"
#include "node/community/page_window.hpp"
#include "node/community/reports.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/domain_rules.hpp"
#include "storage/repo/host_suspension.hpp"
#include "storage/repo/node_acts.hpp"
#include "storage/repo/severances.hpp"

namespace kith::community {

using model::Actor;
using model::User;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

struct Target {
    Actor actor;
    std::optional<User> user;
};

Result<Target> target(Tx& tx, Id actor_id) {
    auto actor = TRY(repo::find_actor(tx, actor_id));
    if (!actor || actor->deleted_at || actor->is_group()) return not_found();
    auto user = TRY(repo::find_user_by_actor(tx, actor_id));
    if (actor->local && !user) return not_found();
    return Target{std::move(*actor), std::move(user)};
}

// Moderators look after each other no more than members do: that is for admins.
Result<Target> target_for(Tx& tx, Id moderator, Id actor_id) {
    auto found = TRY(target(tx, actor_id));
    const auto mine = TRY(repo::find_user_by_actor(tx, moderator));
    const auto my_role = mine ? mine->role : model::UserRole::member;
    const bool above = !found.user || found.user->role < my_role;
    if (moderator == actor_id || my_role < model::UserRole::moderator || !above)
        return fail(Code::forbidden, "This action is not allowed");
    return found;
}

Result<> set_disabled(Tx& tx, Target& found, std::optional<TimeMs> at) {
    found.user->disabled_at = at;
    return repo::update_user(tx, *found.user);
}

Result<> suspend(Tx& tx, const Context& context, Target& found) {
    const auto now = context.clock.now_ms();
    TRY(repo::set_suspended(tx, found.actor.id, now));
    if (!found.user) return {};
    TRY(set_disabled(tx, found, now));
    TRY(sign_out_everywhere(tx, found.user->id, now));
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = found.actor.id});
}

}  // namespace

Result<> take_account_action(Tx& tx, const Context& context, Id moderator, Id actor, AccountAction action) {
    auto found = TRY(target_for(tx, moderator, actor));
    switch (action) {
        case AccountAction::none:
            return {};
        case AccountAction::disable:
            if (!found.user) return fail(Code::unprocessable, "Validation failed: Type is for local accounts only");
            TRY(sign_out_everywhere(tx, found.user->id, context.clock.now_ms()));
            return set_disabled(tx, found, context.clock.now_ms());
        case AccountAction::sensitive:
            return repo::set_sensitized(tx, actor, true);
        case AccountAction::silence:
            return repo::set_limited(tx, actor, true, true);
        case AccountAction::suspend:
            return suspend(tx, context, found);
    }
    return {};
}

Result<> let_account_back(Tx& tx, const Context& context, Id actor) {
    auto found = TRY(target(tx, actor));
    const auto sign_up = TRY(repo::find_sign_up_of_actor(tx, actor));
    const bool held = (sign_up && sign_up->waits()) || (!found.actor.local && TRY(repo::domain_policy(tx, found.actor.host)).suspended);
    if (!held) TRY(repo::set_suspended(tx, actor, {}));
    if (!found.user) return {};
    TRY(set_disabled(tx, found, {}));
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = actor});
}

Result<Page<repo::AccountRow>> moderated_accounts(Context& context, const repo::AccountQuery& query,
                                                  const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<repo::AccountRow>> {
        Page<repo::AccountRow> page;
        page.items = TRY(repo::accounts_page(tx, query, window_of(request)));
        if (!page.items.empty())
            set_cursors(page, page.items.front().actor.id, page.items.back().actor.id, page.items.size(), request);
        return page;
    });
}

Result<repo::AccountRow> moderated_account(Context& context, Id actor) {
    return context.db.read([actor](Tx& tx) -> Result<repo::AccountRow> {
        auto found = TRY(target(tx, actor));
        return repo::AccountRow{.actor = std::move(found.actor),
                                .user = std::move(found.user),
                                .sign_up = TRY(repo::find_sign_up_of_actor(tx, actor)),
                                .silenced = TRY(repo::is_silenced(tx, actor))};
    });
}

Result<> act_on_account(Context& context, Id moderator, Id actor, AccountAction action, std::optional<Id> report) {
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        TRY(take_account_action(tx, context, moderator, actor, action));
        // It stays so when a ban's time is over.
        if (action == AccountAction::disable || action == AccountAction::suspend) TRY(repo::remove_person_ban(tx, actor));
        return {};
    }));
    if (report) TRY(resolve_report(context, moderator, *report));
    return {};
}

Result<> enable_account(Context& context, Id moderator, Id actor) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto found = TRY(target_for(tx, moderator, actor));
        if (!found.user || found.actor.suspended_at) return fail(Code::unprocessable, "Validation failed: it is not disabled");
        return set_disabled(tx, found, {});
    });
}

Result<> unsilence_account(Context& context, Id moderator, Id actor) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto found = TRY(target_for(tx, moderator, actor));
        const bool by_host = !found.actor.local && TRY(repo::domain_policy(tx, found.actor.host)).silenced;
        return repo::set_limited(tx, actor, false, by_host);
    });
}

Result<> unsensitive_account(Context& context, Id moderator, Id actor) {
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(target_for(tx, moderator, actor));
        return repo::set_sensitized(tx, actor, false);
    });
}

Result<> unsuspend_account(Context& context, Id moderator, Id actor) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto found = TRY(target_for(tx, moderator, actor));
        if (!found.actor.local && TRY(repo::domain_policy(tx, found.actor.host)).suspended)
            return fail(Code::unprocessable, "Validation failed: its host is suspended");
        const auto sign_up = TRY(repo::find_sign_up_of_actor(tx, actor));
        if (sign_up && sign_up->waits()) return fail(Code::unprocessable, "Validation failed: it waits to be let in");
        TRY(repo::set_suspended(tx, actor, {}));
        if (!found.user) return {};
        TRY(set_disabled(tx, found, {}));
        return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = actor});
    });
}

Result<> delete_account(Context& context, Id moderator, Id actor) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto found = TRY(target_for(tx, moderator, actor));
        if (!found.actor.suspended_at) return fail(Code::unprocessable, "Validation failed: it is not suspended");
        return say_farewell(tx, context, found.actor);
    });
}

}  // namespace kith::community
