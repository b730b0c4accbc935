// Like, Dislike, Announce of an object, and every Undo (ActivityPub 7.10, 7.11, 7.12).
#include "base/text/url.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/emoji_reactions.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_arrival.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/groups.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/notifications.hpp"
#include "node/community/post_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relays.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/withdrawn.hpp"

namespace kith::community {

using model::EventKind;
using model::NotificationKind;
using model::Post;
using model::Reaction;
using model::ReactionKind;
using model::Visibility;
using sql::Tx;

namespace {

Result<std::optional<Post>> object_post(Tx& tx, const Deed& deed) {
    auto post = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    if (post && post->deleted_at) post.reset();
    return post;
}

Result<> undo_reaction(Tx& tx, const Context& context, const Deed& deed, const Reaction& reaction) {
    auto post = TRY(repo::find_post(tx, reaction.post_id));
    if (!post || !TRY(repo::remove_reaction(tx, reaction))) return {};
    auto emoji = TRY(repo::find_emoji_reaction_by_ap_id(tx, reaction.ap_id));
    if (emoji && emoji->actor_id == reaction.actor_id)
        TRY(repo::remove_emoji_reaction(tx, emoji->id));
    TRY(withdraw_favourite(tx, deed.actor.id, *post));
    TRY(emit(tx, context,
             {.kind = EventKind::reaction_removed,
              .actor_id = deed.actor.id,
              .local = false,
              .post_id = post->id,
              .group_id = post->group_id,
              .object_ap_id = reaction.ap_id,
              .payload = reaction_payload(reaction.kind)}));
    return relay_in_group(tx, context, deed, *post);
}

Result<> undo_boost(Tx& tx, const Context& context, const Deed& deed, const model::Boost& boost) {
    auto post = TRY(repo::find_post(tx, boost.post_id));
    TRY(repo::remove_boost(tx, boost));
    if (!post) return {};
    TRY(repo::withdraw_notification(tx, post->actor_id, NotificationKind::reblog, deed.actor.id,
                                    post->id));
    return emit(tx, context,
                {.kind = EventKind::boost_removed,
                 .actor_id = deed.actor.id,
                 .local = false,
                 .post_id = post->id,
                 .group_id = post->group_id,
                 .object_ap_id = boost.ap_id});
}

// Undo by (type, object) where the id of what is undone is missing or another one than we know.
// False where there is nothing of that shape.
Result<bool> undo_by_shape(Tx& tx, const Context& context, const Deed& deed, json::View inner) {
    auto object_id = vocab::id_of(inner["object"]);
    if (vocab::has_type(inner, "Follow")) {
        auto target = TRY(repo::find_actor_by_ap_id(tx, object_id));
        auto f = target ? TRY(repo::find_follow(tx, deed.actor.id, target->id))
                        : std::optional<model::Follow>{};
        if (f) TRY(undo_follow(tx, context, *f));
        return f.has_value();
    }
    if (vocab::has_type(inner, "Block")) {
        auto target = TRY(repo::find_actor_by_ap_id(tx, object_id));
        return target ? repo::remove_block(tx, deed.actor.id, target->id) : Result<bool>(false);
    }
    auto post = TRY(repo::find_post_by_ap_id(tx, object_id));
    if (!post) return false;
    if (vocab::has_type(inner, "Like") || vocab::has_type(inner, "Dislike")) {
        auto reaction = TRY(repo::find_reaction(tx, deed.actor.id, post->id));
        if (reaction) {
            TRY(undo_reaction(tx, context, deed, *reaction));
            return true;
        }
    }
    if (vocab::has_type(inner, "Like") || vocab::has_type(inner, "EmojiReact"))
        return undo_emoji_reaction_by_shape(tx, context, deed, inner, *post);
    if (vocab::has_type(inner, "Join")) return undo_join_by_shape(tx, context, deed, *post);
    if (vocab::has_type(inner, "Announce")) {
        auto boost = TRY(repo::find_boost(tx, deed.actor.id, post->id));
        if (boost) TRY(undo_boost(tx, context, deed, *boost));
        return boost.has_value();
    }
    return false;
}

// From a group only that a vote on one of its own posts was taken back: whose Undo it is nobody can ask.
Result<> undo_announced_vote(Tx& tx, const Context& context, const Deed& deed) {
    const auto inner = deed.activity.object;
    const auto& id = deed.activity.object_id;
    const auto said_by = vocab::id_of(inner["actor"]);
    auto reaction = id.empty() ? std::optional<Reaction>{} : TRY(repo::find_reaction_by_ap_id(tx, id));
    const auto emoji = id.empty() ? std::optional<model::EmojiReaction>{} : TRY(repo::find_emoji_reaction_by_ap_id(tx, id));
    const auto foreign = [&](const auto& vote) { return vote && vote->actor_id != deed.actor.id; };
    if (foreign(reaction) || foreign(emoji) || (!said_by.empty() && said_by != deed.actor.ap_id))
        return fail(Code::forbidden, "it undoes what somebody else did", id);
    const auto post = reaction ? TRY(repo::find_post(tx, reaction->post_id))
                      : emoji  ? TRY(repo::find_post(tx, emoji->post_id))
                               : TRY(repo::find_post_by_ap_id(tx, vocab::id_of(inner["object"])));
    if (!post || post->group_id != deed.group->id)
        return fail(Code::forbidden, "the group announces the end of a vote on a post that is not its own", id);
    TRY(meet_carried_vote(tx, context, deed.actor, post->ap_id, id));
    if (!reaction && !emoji && !vocab::has_type(inner, "EmojiReact")) reaction = TRY(repo::find_reaction(tx, deed.actor.id, post->id));
    if (reaction) return undo_reaction(tx, context, deed, *reaction);
    if (emoji) return undo_emoji_reaction(tx, context, deed, *emoji);
    TRY(undo_emoji_reaction_by_shape(tx, context, deed, inner, *post));
    return {};
}

// An Undo that overtook what it undoes: that will have no effect when it comes. By its own actor
// only, whose ids are of its origin.
Result<> withdraw(Tx& tx, const Context& context, const Deed& deed, const std::string& id) {
    const auto url = Url::parse(id);
    const auto actor = Url::parse(deed.actor.ap_id);
    if (!url || !actor || !same_origin(*url, *actor)) return {};
    return repo::add_withdrawn(tx, deed.actor.id, id, context.clock.now_ms());
}

}  // namespace

Result<> authorize_reaction(Tx& tx, const Context&, const Deed& deed) {
    auto post = TRY(object_post(tx, deed));
    if (!post) return fail(Code::not_found, "the post is not known here", deed.activity.object_id);
    if (!TRY(repo::sees_post(tx, deed.actor.id, post->id)))
        return fail(Code::not_found, "the post is not for this actor", post->ap_id);
    if (post->group_id)
        if (const auto group = TRY(repo::find_actor(tx, *post->group_id))) TRY(refuse_leaving(tx, *group));
    if (post->group_id && TRY(repo::is_banned(tx, *post->group_id, deed.actor.id, deed.received_at)))
        return fail(Code::forbidden, "whoever is banned from a group does not vote there", deed.actor.ap_id);
    if (post->group_id && !deed.group && TRY(repo::find_group(tx, *post->group_id)))
        TRY(check_group_open(tx, *post->group_id, {}));
    // From a group, votes are believed for its own posts only: they cannot be fetched anywhere.
    if (deed.group && post->group_id != deed.group->id)
        return fail(Code::forbidden, "the group announces a vote on a post that is not its own");
    return {};
}

Result<> apply_reaction(Tx& tx, const Context& context, const Deed& deed, ReactionKind kind) {
    auto post = TRY(object_post(tx, deed));
    if (!post) return {};
    TRY(meet_carried_vote(tx, context, deed.actor, post->ap_id, {}));
    Reaction reaction{deed.actor.id, post->id, kind, deed.activity.id, context.clock.now_ms()};
    bool is_news = TRY(repo::put_reaction(tx, reaction, context.ids.next()));
    if (kind == ReactionKind::like)
        is_news = TRY(keep_emoji(tx, context, deed, *post)) || is_news;
    if (!is_news) return {};
    if (kind == ReactionKind::like)
        TRY(notify(tx, context, post->actor_id, NotificationKind::favourite, deed.actor.id,
                   post->id));
    TRY(note_reach(tx, context, *post, deed.actor));
    TRY(emit(tx, context,
             {.kind = EventKind::reaction_added,
              .actor_id = deed.actor.id,
              .local = false,
              .post_id = post->id,
              .group_id = post->group_id,
              .object_ap_id = reaction.ap_id,
              .payload = reaction_payload(kind)}));
    return relay_in_group(tx, context, deed, *post);
}

Result<> apply_boost(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    if (TRY(repo::is_relay(tx, deed.actor.ap_id)))
        return take_relayed_post(tx, context, deed, plan);
    auto post = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    if (!post && plan.post) {
        post = TRY(store_remote_post(tx, context, *plan.post, deed.received_at, nullptr));
        if (post)
            TRY(settle_quote(tx, context, *post, *plan.post, plan, deed.received_at,
                             Turn::forbidden));
    }
    if (!post || post->deleted_at) return {};
    const bool open = post->visibility <= Visibility::unlisted;
    if (!open) return fail(Code::forbidden, "what is not open to all is not spread", post->ap_id);
    if (deed.actor.is_group() && !deed.actor.local) {  // FEP-1b12: how a group shows a top-level post
        const bool own = TRY(show_in_group(tx, context, *post, deed.actor, deed.activity.id));
        // What nobody gave to it, it may boost as anybody else.
        if (own || post->group_id || post->is_reply()) return {};
    }
    auto published = deed.activity.published.value_or(deed.received_at);
    model::Boost boost;
    // One id names one of all statuses.
    do boost.id = draw_remote_id(published, context.clock.now_ms(), context.random);
    while (TRY(repo::find_post(tx, boost.id)) || TRY(repo::find_boost_by_id(tx, boost.id)) ||
           TRY(repo::find_group_entry(tx, boost.id)));
    boost.actor_id = deed.actor.id;
    boost.post_id = post->id;
    boost.ap_id = deed.activity.id;
    boost.visibility = Visibility::public_;
    boost.created_at = std::min(published, context.clock.now_ms());
    if (!TRY(repo::add_boost(tx, boost))) return {};
    TRY(surface_boost_at_home(tx, context, boost));
    TRY(notify(tx, context, post->actor_id, NotificationKind::reblog, deed.actor.id, post->id));
    TRY(note_reach(tx, context, *post, deed.actor));
    return emit(tx, context,
                {.kind = EventKind::boost_added,
                 .actor_id = deed.actor.id,
                 .local = false,
                 .post_id = post->id,
                 .group_id = post->group_id,
                 .object_ap_id = boost.ap_id});
}

Result<> apply_undo(Tx& tx, const Context& context, const Deed& deed) {
    if (deed.group) return undo_announced_vote(tx, context, deed);
    const auto& id = deed.activity.object_id;
    TRY(meet_carried_vote(tx, context, deed.actor, vocab::id_of(deed.activity.object["object"]), id));
    // Each is undone only by whoever did it (checklist line 14).
    auto foreign = [&](Id doer) { return doer != deed.actor.id; };
    auto refused = [&] { return fail(Code::forbidden, "it undoes what somebody else did", id); };
    if (auto f = TRY(repo::find_follow_by_ap_id(tx, id)))
        return foreign(f->follower_id) ? Result<>(refused()) : undo_follow(tx, context, *f);
    if (auto r = TRY(repo::find_reaction_by_ap_id(tx, id)))
        return foreign(r->actor_id) ? Result<>(refused()) : undo_reaction(tx, context, deed, *r);
    if (auto e = TRY(repo::find_emoji_reaction_by_ap_id(tx, id)))
        return foreign(e->actor_id) ? Result<>(refused())
                                    : undo_emoji_reaction(tx, context, deed, *e);
    if (auto b = TRY(repo::find_boost_by_ap_id(tx, id)))
        return foreign(b->actor_id) ? Result<>(refused()) : undo_boost(tx, context, deed, *b);
    if (auto b = TRY(repo::find_block_by_ap_id(tx, id))) {
        if (foreign(b->actor_id)) return refused();
        TRY(repo::remove_block(tx, b->actor_id, b->target_id));
        return {};
    }
    if (auto join = TRY(repo::find_rsvp_by_join(tx, id))) {
        if (foreign(join->actor_id)) return refused();
        TRY(leave_remotely(tx, context, deed, *join));
        return {};
    }
    auto inner = deed.activity.object;
    if (!inner.is_object()) return withdraw(tx, context, deed, id);
    auto inner_actor = vocab::id_of(inner["actor"]);
    if (!inner_actor.empty() && inner_actor != deed.actor.ap_id) return refused();
    if (TRY(undo_by_shape(tx, context, deed, inner))) return {};
    return withdraw(tx, context, deed, id);
}

}  // namespace kith::community
