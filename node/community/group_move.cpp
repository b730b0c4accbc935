#include "node/community/group_move.hpp"

#include "base/core/stop_point.hpp"
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/group_moves.hpp"
#include "node/community/events.hpp"
#include "node/community/moves.hpp"
#include "node/community/post_steps.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/moves.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using model::Actor;
using model::EventKind;
using model::GroupMove;
using model::GroupMoveState;
using sql::Tx;

namespace {

Result<Actor> local_group(Tx& tx, Id id) {
    auto group = TRY(repo::find_actor(tx, id));
    if (!group || !group->local || !group->is_group() || group->deleted_at || group->suspended_at)
        return fail(Code::not_found, "Record not found");
    return std::move(*group);
}

Result<> check_target(const Actor& group, const Actor& target) {
    const auto unfit = [](std::string why) { return fail(Code::unprocessable, "Validation failed: " + std::move(why)); };
    if (!target.is_group()) return unfit("the target is no group");
    if (target.local) return unfit("the target is on this host: move its threads instead");
    if (target.deleted_at || target.suspended_at) return unfit("the target is not there any more");
    if (!target.moved_to.empty()) return unfit("the target has moved itself");
    if (!names_alias(target, group.ap_id)) return unfit("the target does not name " + group.ap_id + " as its alias yet");
    return {};
}

}  // namespace

Result<GroupMove> offer_group(Context& context, Id id, const std::string& target_ap_id) {
    auto offered = TRY(context.db.write([&context, id, target_ap_id](Tx& tx) -> Result<GroupMove> {
        const auto group = TRY(local_group(tx, id));
        const auto target = TRY(repo::find_actor_by_ap_id(tx, target_ap_id));
        if (!target) return fail(Code::not_found, "The target is not known here");
        if (const auto known = TRY(repo::find_group_move(tx, id))) {
            if (!known->arrives && known->other_id == target->id) return *known;
            if (!known->arrives) return fail(Code::conflict, "The group moves, or has moved, to another place");
            if (known->state != GroupMoveState::done && known->state != GroupMoveState::copied)
                return fail(Code::conflict, "The group is still taking over another one");
        }
        TRY(check_target(group, *target));
        GroupMove move;
        move.group_id = id;
        move.other_id = target->id;
        move.ap_id = context.urls.activity(context.ids.next());
        move.started_at = context.clock.now_ms();
        TRY(repo::put_group_move(tx, move));
        TRY(emit(tx, context,
                 {.kind = EventKind::group_offered, .actor_id = id, .target_id = target->id, .object_ap_id = move.ap_id}));
        return move;
    }));
    stop_point("group_move.offered");
    return offered;
}

Result<> withdraw_offer(Context& context, Id id) {
    return context.db.write([id](Tx& tx) -> Result<> {
        TRY(local_group(tx, id));
        const auto move = TRY(repo::find_group_move(tx, id));
        if (!move || move->arrives) return fail(Code::not_found, "The group does not move");
        if (move->state != GroupMoveState::offered) return fail(Code::conflict, "The group has moved already");
        return repo::remove_group_move(tx, id);
    });
}

Result<> require_group_owner(Tx& tx, Id group, Id actor) {
    const auto settings = TRY(repo::find_group(tx, group));
    if (!settings) return fail(Code::not_found, "Record not found");
    if (settings->owner_id == actor) return {};
    const auto user = TRY(repo::find_user_by_actor(tx, actor));
    if (user && !user->disabled_at && user->role == model::UserRole::admin) return {};
    return fail(Code::forbidden, "Only its owner moves a group");
}

Result<std::optional<GroupMove>> answered_offer(Tx& tx, const Actor& from, const std::string& offer_ap_id) {
    auto move = TRY(repo::find_group_move_by_ap_id(tx, offer_ap_id));
    if (move && (move->arrives || move->other_id != from.id)) move.reset();
    return move;
}

Result<> complete_move(Tx& tx, const Context& context, const GroupMove& offered) {
    if (offered.state != GroupMoveState::offered) return {};
    auto group = TRY(local_group(tx, offered.group_id));
    const auto target = TRY(repo::find_actor(tx, offered.other_id));
    if (!target) return fail(Code::not_found, "the target is not known any more");
    auto move = offered;
    move.state = GroupMoveState::moved;
    move.moved_at = context.clock.now_ms();
    TRY(repo::put_group_move(tx, move));
    const auto id = context.urls.activity(context.ids.next());
    group.updated_at = context.clock.now_ms();
    TRY(begin_move(tx, context, group, *target, id));
    TRY(emit(tx, context, {.kind = EventKind::actor_updated, .actor_id = group.id}));
    return emit(tx, context, {.kind = EventKind::actor_moved, .actor_id = group.id, .target_id = target->id, .object_ap_id = id});
}

Result<> refuse_leaving(Tx& tx, const Actor& group) {
    if (!group.local) return {};
    if (!group.moved_to.empty()) return fail(Code::forbidden, "This group has moved to " + group.moved_to);
    const auto move = TRY(repo::find_group_move(tx, group.id));
    if (!move || move->arrives) return {};
    const auto target = TRY(repo::find_actor(tx, move->other_id));
    return fail(Code::forbidden, "This group is moving to " + (target ? target->ap_id : std::string("another host")) +
                                     "; nothing changes here any more");
}

Result<Actor> group_of_now(Tx& tx, const Actor& group) {
    if (group.moved_to.empty()) return group;
    const auto move = TRY(repo::find_move(tx, group.id));
    const auto target = move ? TRY(repo::find_actor(tx, move->target_id)) : std::optional<Actor>{};
    return target && target->is_group() && !target->deleted_at ? *target : group;
}

Result<> rehome_post(Tx& tx, const Context& context, const model::Post& post, const Actor& from, const Actor& to) {
    if (post.group_id != from.id) return {};
    TRY(repo::set_place(tx, post.id, to.id));
    if (post.is_reply() || post.deleted_at) return repo::remove_entry_of(tx, from.id, post.id);
    // What a group here shows is announced by itself.
    const auto entry = TRY(repo::find_group_entry_of(tx, from.id, post.id));
    if (!entry && !to.local) return {};
    TRY(repo::move_entry(tx, from.id, post.id, to.id, to.local && entry ? context.urls.activity(entry->id) : std::string()));
    if (!TRY(repo::find_group_entry_of(tx, to.id, post.id))) {
        auto there = post;
        there.group_id = to.id;
        TRY(enter_group(tx, context, there, {}));
    }
    return repo::recount_thread(tx, post.id);
}

Result<> begin_rehoming(Tx& tx, const Context& context, Id from, Id to) {
    json::Writer w;
    w.object().member("old", from).member("target", to).end();
    const auto now = context.clock.now_ms();
    return repo::add_job(tx, {.id = context.ids.next(), .kind = std::string(rehome_job), .payload = w.take(), .not_before = now, .created_at = now});
}

namespace {

// Gives whether there is more.
Result<bool> rehome_some(Tx& tx, const Context& context, Id old, Id target_id) {
    const auto from = TRY(repo::find_actor(tx, old)), to = TRY(repo::find_actor(tx, target_id));
    if (!from || !to || !to->is_group()) return false;
    const auto posts = TRY(repo::posts_in_group(tx, old, limits::rehomed_posts_per_write));
    for (const auto id : posts)
        if (const auto post = TRY(repo::find_post(tx, id))) TRY(rehome_post(tx, context, *post, *from, *to));
    if (!posts.empty()) return true;
    if (TRY(repo::move_group_rows(tx, old, target_id, limits::rehomed_rows_per_write)) > 0) return true;
    for (const auto here : {old, target_id})
        if (auto move = TRY(repo::find_group_move(tx, here))) {
            const bool mine = here == old ? !move->arrives && move->state == GroupMoveState::moved
                                          : move->arrives && move->other_id == old && move->state == GroupMoveState::copied;
            if (!mine || !TRY(repo::awaited_posts(tx, here, "", 1)).empty()) continue;
            move->state = GroupMoveState::done;
            TRY(repo::put_group_move(tx, *move));
        }
    return false;
}

}  // namespace

Result<std::optional<std::string>> continue_rehoming(Context& context, const std::string& payload) {
    const auto document = TRY(json::Document::parse(payload));
    const auto old = TRY(document["old"].integer()), target = TRY(document["target"].integer());
    const bool more = TRY(context.db.write([&context, old, target](Tx& tx) { return rehome_some(tx, context, old, target); }));
    stop_point("group_move.rehomed");
    if (!more) return std::optional<std::string>{};
    return std::optional(payload);
}

}  // namespace kith::community
