// Follow, Accept, Reject and Block (ActivityPub 7.5–7.7, 7.9).
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/group_move.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/inbound/handlers.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/relays.hpp"

namespace kith::community {

using model::Actor;
using model::Follow;
using model::FollowState;
using sql::Tx;

namespace {

// The local actor that a Follow or Block is about.
Result<Actor> local_target(Tx& tx, const Deed& deed) {
    auto target = TRY(repo::find_actor_by_ap_id(tx, deed.activity.object_id));
    if (!target || !target->local || target->deleted_at || target->suspended_at)
        return fail(Code::not_found, "the object is nobody here", deed.activity.object_id);
    return *target;
}

// The pending Follow of ours that an Accept or Reject answers: by its id where one is given, else
// by the pair, because some servers embed a Follow without its id (federation.md 1.3).
Result<std::optional<Follow>> answered_follow(Tx& tx, const Deed& deed) {
    auto f = TRY(repo::find_follow_by_ap_id(tx, deed.activity.object_id));
    if (!f && deed.activity.object.is_object()) {
        auto follower =
            TRY(repo::find_actor_by_ap_id(tx, vocab::id_of(deed.activity.object["actor"])));
        if (follower && follower->local)
            f = TRY(repo::find_follow(tx, follower->id, deed.actor.id));
    }
    if (f && f->followed_id != deed.actor.id) f.reset();  // only who was asked may answer
    if (!f) return f;
    auto follower = TRY(repo::find_actor(tx, f->follower_id));
    if (!follower || !follower->local) f.reset();
    return f;
}

}  // namespace

Result<> authorize_follow(Tx& tx, const Context&, const Deed& deed) {
    auto target = TRY(local_target(tx, deed));
    // But relays of LitePub's kind follow back (FEP-ae0c).
    if (target.kind == model::ActorKind::application &&
        !TRY(repo::is_litepub_relay(tx, deed.actor.ap_id)))
        return fail(Code::forbidden, "the instance actor is not followed");
    TRY(refuse_leaving(tx, target));
    if (TRY(repo::find_block(tx, target.id, deed.actor.id)))
        return fail(Code::forbidden, "blocked by the one it would follow");
    if (target.is_group() && !TRY(may_know_group(tx, Viewer::actor(deed.actor.id), target.id)))
        return fail(Code::not_found, "the group is for this node's people", target.ap_id);
    return {};
}

Result<> apply_follow(Tx& tx, const Context& context, const Deed& deed) {
    auto target = TRY(local_target(tx, deed));
    if (auto old = TRY(repo::find_follow(tx, deed.actor.id, target.id))) {
        if (old->ap_id == deed.activity.id) return {};  // a replay
        // Asked again, perhaps because our answer was lost: the newest id counts, and is answered.
        TRY(repo::set_follow_ap_id(tx, old->id, deed.activity.id));
        if (old->state != FollowState::accepted) return {};
        return emit(tx, context,
                    {.kind = model::EventKind::follow_accepted,
                     .actor_id = target.id,
                     .target_id = deed.actor.id,
                     .object_ap_id = deed.activity.id});
    }
    Follow f;
    f.id = context.ids.next();
    f.follower_id = deed.actor.id;
    f.followed_id = target.id;
    f.ap_id = deed.activity.id;
    f.created_at = context.clock.now_ms();
    return request_follow(tx, context, f, target);
}

Result<> authorize_answer(Tx& tx, const Context&, const Deed& deed) {
    if (auto quote = TRY(answered_quote(tx, deed))) return authorize_quote_answer(deed, *quote);
    if (auto join = TRY(answered_join(tx, deed))) return authorize_join_answer(tx, deed, *join);
    if (TRY(answered_relay(tx, deed))) return {};
    if (TRY(answered_offer(tx, deed.actor, deed.activity.object_id))) return {};
    auto f = TRY(answered_follow(tx, deed));
    if (!f)
        return fail(Code::forbidden, "it answers no Follow of ours to this actor",
                    deed.activity.object_id);
    if (deed.activity.type == vocab::ActivityType::accept && f->state != FollowState::pending)
        return fail(Code::forbidden, "the Follow is not pending", f->ap_id);
    return {};
}

Result<> apply_accept(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    if (auto quote = TRY(answered_quote(tx, deed)))
        return apply_quote_answer(tx, context, deed, plan, *quote);
    if (auto join = TRY(answered_join(tx, deed))) return apply_join_answer(tx, context, deed, *join);
    if (auto relay = TRY(answered_relay(tx, deed)))
        return apply_relay_answer(tx, context, deed, *relay);
    if (const auto move = TRY(answered_offer(tx, deed.actor, deed.activity.object_id))) return complete_move(tx, context, *move);
    auto f = TRY(answered_follow(tx, deed));
    return f ? grant_follow(tx, context, *f) : Result<>{};
}

Result<> apply_reject(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    if (auto quote = TRY(answered_quote(tx, deed)))
        return apply_quote_answer(tx, context, deed, plan, *quote);
    if (auto join = TRY(answered_join(tx, deed))) return apply_join_answer(tx, context, deed, *join);
    if (auto relay = TRY(answered_relay(tx, deed)))
        return apply_relay_answer(tx, context, deed, *relay);
    if (TRY(answered_offer(tx, deed.actor, deed.activity.object_id))) return {};  // its owner sees that it waits
    // Also after an Accept: it then removes a follower (federation.md 1.3).
    auto f = TRY(answered_follow(tx, deed));
    return f ? refuse_follow(tx, context, *f) : Result<>{};
}

Result<> authorize_block(Tx& tx, const Context&, const Deed& deed) {
    TRY(local_target(tx, deed));
    return {};
}

Result<> apply_block(Tx& tx, const Context& context, const Deed& deed) {
    auto target = TRY(local_target(tx, deed));
    if (auto f = TRY(repo::find_follow(tx, target.id, deed.actor.id))) {
        // Ended without an Undo: whoever blocks does not want to hear from us.
        TRY(repo::remove_follow(tx, *f));
    }
    if (auto f = TRY(repo::find_follow(tx, deed.actor.id, target.id)))
        TRY(undo_follow(tx, context, *f));
    TRY(repo::add_block(tx, {deed.actor.id, target.id, deed.activity.id, context.clock.now_ms()},
                        context.ids.next()));
    return {};
}

}  // namespace kith::community
