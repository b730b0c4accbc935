#include "node/community/follow_steps.hpp"

#include "config/limits/community.hpp"
#include "node/community/group_arrival.hpp"
#include "node/community/notifications.hpp"
#include "node/community/posts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/catch_up.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/group_team.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/lists.hpp"
#include "storage/repo/multi_communities.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/severances.hpp"
#include "storage/repo/timelines.hpp"

namespace kith::community {

using model::Actor;
using model::EventKind;
using model::Follow;
using model::FollowState;
using model::NotificationKind;
using sql::Tx;

namespace {

struct Pair {
    Actor follower, followed;
};

Result<Pair> pair_of(Tx& tx, const Follow& f) {
    auto follower = TRY(repo::find_actor(tx, f.follower_id));
    auto followed = TRY(repo::find_actor(tx, f.followed_id));
    if (!follower || !followed) return fail(Code::not_found, "Record not found");
    return Pair{*follower, *followed};
}

bool is_local_group(const Actor& actor) { return actor.local && actor.is_group(); }

// What the followed one posted between the request and its Accept, which may come in either order.
Result<> surface_recent_posts(Tx& tx, const Follow& f) {
    const auto since = first_id_at(f.created_at);
    for (auto id :
         TRY(repo::post_ids_of(tx, f.followed_id, INT64_MAX, limits::home_fan_out_rows_max))) {
        if (id < since) break;
        auto post = TRY(repo::find_post(tx, id));
        if (!post || post->visibility > model::Visibility::followers || post->is_reply()) continue;
        TRY(repo::add_home_entry(tx, f.follower_id,
                                 {.id = id, .post_id = id, .boost_id = {}, .group_id = {}}));
    }
    return {};
}

// A message from the group to who joins for the first time, where its moderators wrote one.
Result<> welcome(Tx& tx, const Context& context, const Pair& pair) {
    const auto text = TRY(repo::group_profile(tx, pair.followed.id)).welcome;
    if (text.empty()) return {};
    NewPost draft;
    draft.text = "@" + pair.follower.username + (pair.follower.host.empty() ? "" : "@" + pair.follower.host) + " " + text;
    draft.content_type = "text/markdown";
    draft.visibility = model::Visibility::direct;
    TRY(create_post_within(tx, context, pair.followed.id, draft));
    return {};
}

// What ends with a follow, whoever ends it.
Result<> end_follow(Tx& tx, const Context& context, const Follow& f, const Pair& pair) {
    TRY(repo::remove_follow(tx, f));
    if (is_local_group(pair.followed)) TRY(repo::remove_join_answers(tx, f.followed_id, f.follower_id));
    if (pair.follower.local) {
        TRY(repo::remove_home_entries_from(tx, f.follower_id, f.followed_id));
        TRY(repo::remove_from_lists_of(tx, f.follower_id, f.followed_id));
        TRY(repo::remove_endorsement(tx, f.follower_id, f.followed_id));
    }
    if (is_local_group(pair.followed)) TRY(repo::remove_helper_role(tx, f.followed_id, f.follower_id));
    if (is_local_group(pair.followed) &&
        TRY(repo::leave_group(tx, f.followed_id, f.follower_id, context.clock.now_ms())))
        TRY(emit(tx, context,
                 {.kind = EventKind::member_left,
                  .actor_id = f.follower_id,
                  .local = pair.follower.local,
                  .group_id = f.followed_id}));
    TRY(repo::withdraw_notification(tx, f.followed_id, NotificationKind::follow, f.follower_id,
                                    {}));
    return repo::withdraw_notification(tx, f.followed_id, NotificationKind::follow_request,
                                       f.follower_id, {});
}

}  // namespace

Result<> request_follow(Tx& tx, const Context& context, const Follow& f, const Actor& target) {
    if (!TRY(repo::add_follow(tx, f))) return {};
    auto follower = TRY(repo::find_actor(tx, f.follower_id));
    if (!follower) return fail(Code::not_found, "Record not found");
    if (follower->local && !target.local)
        TRY(emit(tx, context,
                 {.kind = EventKind::follow_requested,
                  .actor_id = f.follower_id,
                  .target_id = f.followed_id,
                  .object_ap_id = f.ap_id}));
    const bool asks = (target.locked || TRY(repo::is_silenced(tx, f.follower_id))) && !TRY(is_awaited_member(tx, target, *follower));
    if (target.local && !asks) return grant_follow(tx, context, f);
    if (target.local)
        return notify(tx, context, f.followed_id, NotificationKind::follow_request, f.follower_id,
                      {});
    return {};
}

Result<> grant_follow(Tx& tx, const Context& context, const Follow& f) {
    auto now = context.clock.now_ms();
    auto pair = TRY(pair_of(tx, f));
    if (!TRY(repo::accept_follow(tx, f, now))) return {};
    if (pair.follower.local && !pair.followed.local && !pair.followed.is_group())
        TRY(surface_recent_posts(tx, f));
    // Who moderates the group, and what it shows first; which groups a collection holds.
    if (pair.follower.local && !pair.followed.local && (pair.followed.is_group() || TRY(repo::find_multi(tx, f.followed_id)))) TRY(repo::queue_profile(tx, f.followed_id, now));
    if (pair.followed.local && !pair.follower.local)
        TRY(emit(tx, context,
                 {.kind = EventKind::follow_accepted,
                  .actor_id = f.followed_id,
                  .target_id = f.follower_id,
                  .object_ap_id = f.ap_id}));
    if (is_local_group(pair.followed)) {
        const bool is_new = !TRY(repo::find_membership(tx, f.followed_id, f.follower_id));
        if (is_new) TRY(welcome(tx, context, pair));
        TRY(repo::remove_join_answers(tx, f.followed_id, f.follower_id));
        TRY(repo::join_group(tx, f.followed_id, f.follower_id, now));
        TRY(restore_membership(tx, context, pair.followed, pair.follower));
        TRY(emit(tx, context,
                 {.kind = EventKind::member_joined,
                  .actor_id = f.follower_id,
                  .local = pair.follower.local,
                  .group_id = f.followed_id}));
    }
    TRY(repo::withdraw_notification(tx, f.followed_id, NotificationKind::follow_request,
                                    f.follower_id, {}));
    return notify(tx, context, f.followed_id, NotificationKind::follow, f.follower_id, {});
}

Result<> refuse_follow(Tx& tx, const Context& context, const Follow& f) {
    auto pair = TRY(pair_of(tx, f));
    TRY(end_follow(tx, context, f, pair));
    if (pair.followed.local && !pair.follower.local)
        return emit(tx, context,
                    {.kind = EventKind::follow_rejected,
                     .actor_id = f.followed_id,
                     .target_id = f.follower_id,
                     .object_ap_id = f.ap_id});
    return {};
}

Result<> sever_follow(Tx& tx, const Context& context, const Follow& f) {
    return end_follow(tx, context, f, TRY(pair_of(tx, f)));
}

Result<> undo_follow(Tx& tx, const Context& context, const Follow& f) {
    auto pair = TRY(pair_of(tx, f));
    TRY(end_follow(tx, context, f, pair));
    if (pair.follower.local && !pair.followed.local)
        return emit(tx, context,
                    {.kind = EventKind::follow_removed,
                     .actor_id = f.follower_id,
                     .target_id = f.followed_id,
                     .object_ap_id = f.ap_id});
    return {};
}

}  // namespace kith::community
