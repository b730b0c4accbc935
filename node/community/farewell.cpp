#include "node/community/farewell.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/personal.hpp"
#include "node/community/devices.hpp"
#include "node/community/events.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/sign_up_blocks.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/farewells.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/sign_up_blocks.hpp"

namespace kith::community {

using model::Actor;
using model::User;
using sql::Tx;

namespace {

Result<> close_account(Tx& tx, const Context& context, const Actor& actor, User user) {
    const auto now = context.clock.now_ms();
    if (actor.suspended_at && !user.email.empty())  // false where it is blocked already
        TRY(repo::add_canonical_email_block(tx, {context.ids.next(), canonical_email_hash(user.email), now}));
    user.disabled_at = now;
    TRY(repo::update_user(tx, user));
    TRY(sign_out_everywhere(tx, user.id, now));
    return repo::forget_account(tx, user.id);
}

}  // namespace

Result<> say_farewell(Tx& tx, const Context& context, const Actor& actor) {
    const auto now = context.clock.now_ms();
    if (auto user = TRY(repo::find_user_by_actor(tx, actor.id))) TRY(close_account(tx, context, actor, std::move(*user)));
    TRY(repo::mark_actor_deleted(tx, actor.id, now));
    json::Writer w;
    w.object().member("actor", actor.id).end();
    TRY(repo::add_job(tx, {.id = context.ids.next(), .kind = std::string(farewell_job), .payload = w.take(), .attempts = 0, .not_before = now, .created_at = now}));
    return emit(tx, context,
                {.kind = model::EventKind::actor_deleted, .actor_id = actor.id, .local = actor.local, .object_ap_id = actor.ap_id});
}

Result<std::optional<std::string>> continue_farewell(Context& context, const std::string& payload) {
    const auto id = TRY(json::Document::parse(payload))["actor"].maybe_integer().value_or(0);
    return context.db.write([&](Tx& tx) -> Result<std::optional<std::string>> {
        const auto actor = TRY(repo::find_actor(tx, id));
        if (!actor || !actor->deleted_at) return std::optional<std::string>{};
        const auto left = TRY(repo::posts_left_of(tx, id, limits::farewell_posts));
        for (const auto post : left)
            if (const auto found = TRY(repo::find_post(tx, post))) TRY(remove_post(tx, context, *found));
        if (!left.empty()) return std::optional(payload);
        TRY(repo::forget_own(tx, id));
        return std::optional<std::string>{};
    });
}

}  // namespace kith::community
