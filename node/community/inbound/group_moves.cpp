// A group of another host is offered to a group here that names it as its alias (docs/decisions/0029). Only from the
// group itself, and only to the group that its own word is about; whether its owner wants it is the Offer.
#include "federation/vocab/reader.hpp"
#include "node/community/group_arrival.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/moves.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/moves.hpp"

namespace kith::community {

using model::Actor;
using model::GroupMoveState;
using sql::Tx;

namespace {

Result<Actor> offered_to(Tx& tx, const Deed& deed) {
    const auto& a = deed.activity;
    const auto move = a.object;
    if (!deed.actor.is_group()) return fail(Code::forbidden, "only a group is offered so", deed.actor.ap_id);
    if (vocab::id_of(move["actor"]) != deed.actor.ap_id || vocab::id_of(move["object"]) != deed.actor.ap_id)
        return fail(Code::forbidden, "a group offers only itself", vocab::id_of(move["object"]));
    const auto target = vocab::id_of(move["target"]);
    auto group = TRY(repo::find_actor_by_ap_id(tx, target));
    if (!group || !group->local || !group->is_group() || group->deleted_at || group->suspended_at)
        return fail(Code::not_found, "the target is no group here", target);
    if (!group->moved_to.empty()) return fail(Code::forbidden, "the target has moved itself", target);
    if (!names_alias(*group, deed.actor.ap_id)) return fail(Code::forbidden, "the target does not name the group as its alias", target);
    return std::move(*group);
}

}  // namespace

bool offers_group(const vocab::Activity& a) { return a.type_name == "Offer" && a.object.is_object() && vocab::has_type(a.object, "Move"); }

Result<> authorize_group_offer(Tx& tx, const Deed& deed) {
    const auto group = TRY(offered_to(tx, deed));
    const auto move = TRY(repo::find_group_move(tx, group.id));
    // The alias stays; but what the old host says after the move is not the group's word any more.
    const bool done = move && move->state == GroupMoveState::done && move->other_id == deed.actor.id;
    if (done || TRY(repo::find_move(tx, deed.actor.id))) return fail(Code::forbidden, "the group has moved already", deed.actor.ap_id);
    if (!move) return {};
    if (!move->arrives) return fail(Code::forbidden, "the target is moving itself", group.ap_id);
    const bool busy = move->state == GroupMoveState::copying && move->other_id != deed.actor.id;
    if (busy) return fail(Code::forbidden, "the target is taking over another group", group.ap_id);
    return {};
}

Result<> apply_group_offer(Tx& tx, const Context& context, const Deed& deed) {
    return take_offer(tx, context, TRY(offered_to(tx, deed)), deed.actor, deed.activity.id);
}

}  // namespace kith::community
