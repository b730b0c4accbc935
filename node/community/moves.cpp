#include "node/community/moves.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "base/text/fold.hpp"
#include "base/text/url.hpp"
#include "config/limits/moves.hpp"
#include "node/community/accounts.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_move.hpp"
#include "node/community/notifications.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/moves.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using model::Follow;
using sql::Tx;

namespace {

std::vector<std::string> aliases_of(const Actor& actor) {
    std::vector<std::string> out;
    if (auto known_as = json::Document::parse(actor.also_known_as))
        for (json::View id : known_as->root())
            if (id.is_string()) out.emplace_back(id.string_or(""));
    return out;
}

// The follow of the new account that takes an old one's place; none where the two do not want each
// other, or it is there already.
Result<> follow_instead(Tx& tx, const Context& context, const Follow& old, const Actor& target) {
    if (old.follower_id == target.id || TRY(repo::either_blocks(tx, old.follower_id, target.id)) ||
        TRY(repo::find_follow(tx, old.follower_id, target.id)))
        return {};
    Follow f;
    f.id = context.ids.next();
    f.follower_id = old.follower_id;
    f.followed_id = target.id;
    f.ap_id = context.urls.activity(f.id);
    f.show_boosts = old.show_boosts;
    f.notify = old.notify;
    f.created_at = context.clock.now_ms();
    return request_follow(tx, context, f, target);
}

// Whoever did not want to see the old account does not want to see the new one.
Result<> mute_instead(Tx& tx, const Context& context, const Follow& old, const Actor& target) {
    auto mute = TRY(repo::find_mute(tx, old.follower_id, old.followed_id, context.clock.now_ms()));
    if (!mute || old.follower_id == target.id) return {};
    mute->target_id = target.id;
    return repo::put_mute(tx, *mute, context.ids.next());
}

// Gives how many there were.
Result<std::size_t> move_some(Tx& tx, const Context& context, Id old, Id target_id) {
    auto target = TRY(repo::find_actor(tx, target_id));
    if (!target || target->deleted_at || target->suspended_at) return std::size_t(0);
    const auto follows = TRY(repo::local_follows_of(tx, old, limits::move_followers_per_write_max));
    for (const auto& follow : follows) {
        TRY(mute_instead(tx, context, follow, *target));
        TRY(follow_instead(tx, context, follow, *target));
        TRY(undo_follow(tx, context, follow));
        TRY(notify(tx, context, follow.follower_id, model::NotificationKind::moved, old, {}));
    }
    return follows.size();
}

}  // namespace

Result<> begin_move(Tx& tx, const Context& context, const Actor& old, const Actor& target,
                    const std::string& ap_id) {
    const auto now = context.clock.now_ms();
    auto moved = old;
    moved.moved_to = target.ap_id;
    TRY(repo::update_actor(tx, moved));
    TRY(repo::put_move(tx,
                       {.actor_id = old.id, .target_id = target.id, .ap_id = ap_id, .at = now}));
    if (old.is_group()) TRY(begin_rehoming(tx, context, old.id, target.id));
    json::Writer w;
    w.object().member("old", old.id).member("target", target.id).end();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = std::string(move_job),
                              .payload = w.take(),
                              .not_before = now,
                              .created_at = now});
}

namespace {

Result<> check_target(const Actor& mover, const Actor& target) {
    if (target.id == mover.id)
        return fail(Code::unprocessable, "an account does not move to itself");
    if (target.deleted_at || target.suspended_at || target.kind == model::ActorKind::application ||
        target.is_group())
        return fail(Code::unprocessable, "the target is no account to follow");
    if (!target.moved_to.empty()) return fail(Code::unprocessable, "the target has moved itself");
    if (!names_alias(target, mover.ap_id))
        return fail(Code::unprocessable,
                    "the target does not name " + mover.ap_id + " as its alias yet");
    return {};
}

}  // namespace

Result<Actor> move_away(Context& context, std::string_view name, std::string_view target_ap_id) {
    return context.db.write([&](Tx& tx) -> Result<Actor> {
        auto mover = TRY(repo::find_actor_by_name(tx, text::fold(name), ""));
        if (!mover || mover->deleted_at || mover->is_group() ||
            mover->kind == model::ActorKind::application)
            return fail(Code::not_found, "no local account has that name");
        const auto found = TRY(repo::find_actor_by_ap_id(tx, target_ap_id));
        if (!found) return fail(Code::not_found, "the target is not known here");
        const auto& target = *found;
        TRY(check_target(*mover, target));
        const auto last = TRY(repo::find_move(tx, mover->id));
        if (last && context.clock.now_ms() - last->at < limits::move_cooldown_ms)
            return fail(Code::rate_limited, "the account moved a short time ago");
        const auto id = context.urls.activity(context.ids.next());
        mover->updated_at = context.clock.now_ms();
        TRY(begin_move(tx, context, *mover, target, id));
        TRY(emit(tx, context,
                 {.kind = model::EventKind::actor_updated, .actor_id = mover->id}));
        TRY(emit(tx, context,
                 {.kind = model::EventKind::actor_moved,
                  .actor_id = mover->id,
                  .target_id = target.id,
                  .object_ap_id = id}));
        return target;
    });
}

Result<> refuse_moved(const Actor& actor) {
    if (actor.moved_to.empty()) return {};
    return fail(Code::forbidden, "This account has moved to " + actor.moved_to);
}

Result<std::optional<std::string>> continue_move(Context& context, const std::string& payload) {
    const auto document = TRY(json::Document::parse(payload));
    const auto old = TRY(document["old"].integer());
    const auto target = TRY(document["target"].integer());
    const auto moved = TRY(context.db.write(
        [&context, old, target](Tx& tx) { return move_some(tx, context, old, target); }));
    if (moved < std::size_t(limits::move_followers_per_write_max))
        return std::optional<std::string>{};
    return std::optional<std::string>(payload);
}

bool names_alias(const Actor& actor, std::string_view ap_id) {
    const auto aliases = aliases_of(actor);
    return std::find(aliases.begin(), aliases.end(), ap_id) != aliases.end();
}

std::optional<Actor> moved_target(const Context& context, const Actor& actor) {
    if (actor.moved_to.empty()) return {};
    auto target =
        context.db.read([&](Tx& tx) { return repo::find_actor_by_ap_id(tx, actor.moved_to); });
    if (!target || !*target || (*target)->deleted_at || (*target)->suspended_at ||
        !names_alias(**target, actor.ap_id))
        return {};
    return std::move(**target);
}

Result<> set_alias(Context& context, std::string_view name, std::string_view other, bool present) {
    std::string id(other);
    if (!Url::parse(other)) id = TRY(actor_by_acct(context, other)).ap_id;
    return context.db.write([&context, name = text::fold(name), id, present](Tx& tx) -> Result<> {
        auto actor = TRY(repo::find_actor_by_name(tx, name, ""));
        if (!actor || actor->deleted_at)
            return fail(Code::not_found, "no local account has that name");
        auto aliases = aliases_of(*actor);
        std::erase(aliases, id);
        if (present) aliases.push_back(id);
        if (id == actor->ap_id)
            return fail(Code::unprocessable, "an account is no alias of itself");
        if (aliases.size() > limits::aliases_max)
            return fail(Code::unprocessable, "an account has at most " +
                                                 std::to_string(limits::aliases_max) + " aliases");
        json::Writer w;
        w.array();
        for (const auto& alias : aliases) w.value(alias);
        w.end();
        actor->also_known_as = w.take();
        actor->updated_at = context.clock.now_ms();
        TRY(repo::update_actor(tx, *actor));
        return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = actor->id});
    });
}

}  // namespace kith::community
