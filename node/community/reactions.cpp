#include "node/community/reactions.hpp"

#include "node/community/emoji_reactions.hpp"
#include "node/community/events.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/notifications.hpp"
#include "node/community/post_search.hpp"
#include "node/community/page_window.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/quote_steps.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using model::Boost;
using model::EventKind;
using model::NotificationKind;
using model::Post;
using model::ReactionKind;
using model::Visibility;
using sql::Tx;

Result<> react(Context& context, Id actor_id, Id post_id, ReactionKind kind) {
    return context.db.write([&context, actor_id, post_id, kind](Tx& tx) -> Result<> {
        auto post = TRY(seen_post(tx, actor_id, post_id));
        if (kind == ReactionKind::like)
            TRY(may_interact(tx, post, actor_id, model::Interaction::like));
        if (post.group_id)
            if (const auto group = TRY(repo::find_actor(tx, *post.group_id))) TRY(refuse_leaving(tx, *group));
        if (post.group_id && TRY(repo::is_banned(tx, *post.group_id, actor_id, context.clock.now_ms())))
            return fail(Code::forbidden, "You may not vote in this group");
        if (post.group_id) TRY(check_group_open(tx, *post.group_id, {}));
        auto id = context.ids.next();
        model::Reaction reaction{actor_id, post_id, kind, context.urls.activity(id),
                                 context.clock.now_ms()};
        if (!TRY(repo::put_reaction(tx, reaction, id))) return {};
        TRY(index_kept_post(tx, post_id));
        if (kind == ReactionKind::like)
            TRY(notify(tx, context, post.actor_id, NotificationKind::favourite, actor_id, post_id));
        return emit(tx, context,
                    {.kind = EventKind::reaction_added,
                     .actor_id = actor_id,
                     .post_id = post_id,
                     .group_id = post.group_id,
                     .object_ap_id = reaction.ap_id,
                     .payload = reaction_payload(kind)});
    });
}

Result<> unreact(Context& context, Id actor_id, Id post_id) {
    return context.db.write([&context, actor_id, post_id](Tx& tx) -> Result<> {
        auto post = TRY(seen_post(tx, actor_id, post_id));
        auto reaction = TRY(repo::find_reaction(tx, actor_id, post_id));
        if (!reaction) return {};
        TRY(repo::remove_reaction(tx, *reaction));
        TRY(withdraw_favourite(tx, actor_id, post));
        return emit(tx, context,
                    {.kind = EventKind::reaction_removed,
                     .actor_id = actor_id,
                     .post_id = post_id,
                     .group_id = post.group_id,
                     .object_ap_id = reaction->ap_id,
                     .payload = reaction_payload(reaction->kind)});
    });
}

Result<Boost> boost(Context& context, Id actor_id, Id post_id, Visibility visibility) {
    return context.db.write([&context, actor_id, post_id, visibility](Tx& tx) -> Result<Boost> {
        auto post = TRY(seen_post(tx, actor_id, post_id));
        const bool open = post.visibility <= Visibility::unlisted;
        if (!open && !(post.visibility == Visibility::followers && post.actor_id == actor_id))
            return fail(Code::unprocessable, "Validation failed: this post cannot be boosted");
        if (auto old = TRY(repo::find_boost(tx, actor_id, post_id))) return *old;
        TRY(may_interact(tx, post, actor_id, model::Interaction::announce));
        Boost b;
        b.id = context.ids.next();
        b.actor_id = actor_id;
        b.post_id = post_id;
        b.ap_id = context.urls.activity(b.id);
        b.visibility = open ? visibility : Visibility::followers;
        b.created_at = context.clock.now_ms();
        TRY(repo::add_boost(tx, b));
        TRY(index_kept_post(tx, post_id));
        TRY(surface_boost_at_home(tx, context, b));
        TRY(notify(tx, context, post.actor_id, NotificationKind::reblog, actor_id, post_id));
        TRY(emit(tx, context,
                 {.kind = EventKind::boost_added,
                  .actor_id = actor_id,
                  .post_id = post_id,
                  .group_id = post.group_id,
                  .object_ap_id = b.ap_id}));
        return b;
    });
}

Result<> unboost(Context& context, Id actor_id, Id post_id) {
    return context.db.write([&context, actor_id, post_id](Tx& tx) -> Result<> {
        auto post = TRY(seen_post(tx, actor_id, post_id));
        auto b = TRY(repo::find_boost(tx, actor_id, post_id));
        if (!b) return {};
        TRY(repo::remove_boost(tx, *b));
        TRY(repo::withdraw_notification(tx, post.actor_id, NotificationKind::reblog, actor_id,
                                        post_id));
        return emit(tx, context,
                    {.kind = EventKind::boost_removed,
                     .actor_id = actor_id,
                     .post_id = post_id,
                     .group_id = post.group_id,
                     .object_ap_id = b->ap_id});
    });
}

Result<Page<model::Actor>> favourited_by(Context& context, const Viewer& viewer, Id post_id,
                                         const PageRequest& request) {
    auto rows = TRY(context.db.read([&](Tx& tx) -> Result<std::vector<repo::FollowRow>> {
        if (!TRY(repo::sees_post(tx, viewer.actor_id, post_id)))
            return fail(Code::not_found, "Record not found");
        return repo::reactors_page(tx, post_id, ReactionKind::like, window_of(request));
    }));
    return actor_page_from(std::move(rows), request);
}

Result<Page<model::Actor>> boosted_by(Context& context, const Viewer& viewer, Id post_id,
                                      const PageRequest& request) {
    auto rows = TRY(context.db.read([&](Tx& tx) -> Result<std::vector<repo::FollowRow>> {
        if (!TRY(repo::sees_post(tx, viewer.actor_id, post_id)))
            return fail(Code::not_found, "Record not found");
        return repo::boosters_page(tx, post_id, window_of(request));
    }));
    return actor_page_from(std::move(rows), request);
}

}  // namespace kith::community
