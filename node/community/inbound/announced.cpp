// Announce (FEP-1b12): of an activity, which a group spreads, and of an object, which is a boost or
// how a group shows a post. What is believed of an announced activity stands in the architecture,
// section 2.
#include "federation/keys/actor_store.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/post_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relays.hpp"
#include "storage/repo/relations.hpp"

namespace kith::community {

using model::Post;
using sql::Tx;
using vocab::ActivityType;

namespace {

bool is_vote(const vocab::Activity& a) {
    if (a.type == ActivityType::like || a.type == ActivityType::dislike || reacts_with_emoji(a))
        return true;
    return a.type == ActivityType::undo && a.object.is_object() &&
           (vocab::has_type(a.object, "Like") || vocab::has_type(a.object, "Dislike") ||
            vocab::has_type(a.object, "EmojiReact"));
}

Result<std::optional<Post>> stored_post(Context& context, const std::string& ap_id) {
    return context.db.read([&](Tx& tx) { return repo::find_post_by_ap_id(tx, ap_id); });
}

// The object as its own origin serves it now.
Result<> fetch_object(Context& context, const std::string& id, inbox::Fetcher& fetcher,
                      DeedPlan& plan) {
    auto fetched = TRY(fetcher.fetch(id));
    auto post = TRY(vocab::read_post(fetched.document.root()));
    if (post.id != id || !one_origin(post.attributed_to, post.id))
        return fail(Code::forbidden, "the object is attributed to another origin than its own", id);
    if (!TRY(fetch_author(context, post.attributed_to, fetcher, plan)))
        return fail(Code::not_found, "the author cannot be found", post.attributed_to);
    TRY(resolve_post(context, post, fetcher, plan));
    plan.post = std::move(post);
    return {};
}

Result<> resolve_inner_delete(Context& context, const std::string& id, inbox::Fetcher& fetcher,
                              DeedPlan& plan) {
    auto stored = TRY(stored_post(context, id));
    if (!stored || stored->deleted_at) return {};
    auto fetched = fetcher.fetch(id);
    if (fetched)
        return fail(Code::forbidden, "the group announces a Delete of what its origin still has",
                    id);
    if (fetched.error().code != Code::gone && fetched.error().code != Code::not_found)
        return tl::unexpected(fetched.error());
    plan.object_is_gone = true;
    return {};
}

Result<> resolve_inner(Context& context, const vocab::Activity& inner, inbox::Fetcher& fetcher,
                       DeedPlan& plan) {
    const auto& id = inner.object_id;
    switch (inner.type) {
        case ActivityType::create: {
            if (id.empty()) return fail(Code::invalid, "the announced activity names no object");
            auto stored = TRY(stored_post(context, id));
            if (stored) return {};  // ours, or its author's host sent it to us itself
            if (context.urls.is_ours(id))
                return fail(Code::forbidden, "the group announces a post of ours that nobody wrote",
                            id);
            return fetch_object(context, id, fetcher, plan);
        }
        case ActivityType::update: {
            auto stored = TRY(stored_post(context, id));
            if (!stored || stored->local || stored->deleted_at) return {};
            return fetch_object(context, id, fetcher, plan);
        }
        case ActivityType::delete_:
            return resolve_inner_delete(context, id, fetcher, plan);
        default:
            break;
    }
    if (!is_vote(inner))
        return fail(Code::unprocessable, "this kind of announced activity is not taken",
                    inner.type_name);
    if (!one_origin(inner.actor, inner.id))
        return fail(Code::forbidden, "the announced vote is of another origin than its actor",
                    inner.id);
    if (!TRY(fetch_author(context, inner.actor, fetcher, plan)))
        return fail(Code::not_found, "the voter cannot be found", inner.actor);
    return {};
}

// The post that the group shows, wherever it came from.
Result<> show_in_group(Tx& tx, const Context& context, const Deed& outer, const DeedPlan& plan) {
    for (const auto& ancestor : plan.ancestors)
        TRY(store_remote_post(tx, context, ancestor, outer.received_at, nullptr));
    auto post = TRY(repo::find_post_by_ap_id(tx, vocab::id_of(outer.activity.object["object"])));
    if (!post && plan.post) {
        post = TRY(store_remote_post(tx, context, *plan.post, outer.received_at, &outer.actor));
        if (post)
            TRY(settle_quote(tx, context, *post, *plan.post, plan, outer.received_at,
                             Turn::forbidden));
    }
    if (!post || post->deleted_at || post->visibility == model::Visibility::direct ||
        post->visibility == model::Visibility::followers)
        return {};
    if (!post->group_id) {
        TRY(repo::set_post_group(tx, post->id, outer.actor.id));
        post->group_id = outer.actor.id;
    }
    return *post->group_id == outer.actor.id ? enter_group(tx, context, *post, outer.activity.id)
                                             : Result<>{};
}

Result<> apply_inner(Tx& tx, const Context& context, const Deed& outer, const DeedPlan& plan) {
    const auto& inner = *plan.inner;
    const bool is_written = inner.type == ActivityType::create || inner.type == ActivityType::update;
    if (is_written && TRY(repo::is_relay(tx, outer.actor.ap_id)))
        return take_relayed_post(tx, context, outer, *plan.inner_plan);
    if (inner.type == ActivityType::create)
        return show_in_group(tx, context, outer, *plan.inner_plan);
    auto actor = TRY(repo::find_actor_by_ap_id(tx, inner.actor));
    // What our own people did is known here first-hand.
    if (!actor || actor->local || actor->suspended_at) return {};
    Deed deed{inner, *actor, {}, &outer.actor, outer.received_at};
    switch (inner.type) {
        case ActivityType::update:
            if (!plan.inner_plan->post) return {};
            TRY(authorize_update(tx, context, deed));
            return apply_update(tx, context, deed, *plan.inner_plan);
        case ActivityType::delete_:
            if (!plan.inner_plan->object_is_gone) return {};
            return apply_delete(tx, context, deed, *plan.inner_plan);
        case ActivityType::like:
        case ActivityType::dislike:
            TRY(authorize_reaction(tx, context, deed));
            return apply_reaction(tx, context, deed,
                                  inner.type == ActivityType::like ? model::ReactionKind::like
                                                                   : model::ReactionKind::dislike);
        case ActivityType::undo:
            return apply_undo(tx, context, deed);
        default:
            if (!reacts_with_emoji(inner)) return {};
            TRY(authorize_emoji_reaction(tx, context, deed));
            return apply_emoji_reaction(tx, context, deed);
    }
}

}  // namespace

Result<> authorize_announce(Tx& tx, const Context& context, const Deed& deed) {
    const auto& a = deed.activity;
    if (a.object.is_object() && vocab::is_activity_type(a.object)) {
        if (TRY(repo::is_relay(tx, deed.actor.ap_id))) return {};
        if (!deed.actor.is_group())
            return fail(Code::forbidden, "only a group announces activities", deed.actor.ap_id);
        if (!TRY(repo::has_local_follower(tx, deed.actor.id)))
            return fail(Code::unprocessable, "nobody here follows the group", deed.actor.ap_id);
        return {};
    }
    if (a.object_id.empty()) return fail(Code::invalid, "the Announce names no object");
    if (context.urls.is_ours(a.object_id)) {
        auto post = TRY(repo::find_post_by_ap_id(tx, a.object_id));
        if (!post || post->deleted_at || !TRY(repo::sees_post(tx, deed.actor.id, post->id)))
            return fail(Code::not_found, "the post is not known here", a.object_id);
        return {};
    }
    if (!TRY(repo::has_local_follower(tx, deed.actor.id)) &&
        !TRY(repo::find_post_by_ap_id(tx, a.object_id)) &&
        !TRY(repo::is_relay(tx, deed.actor.ap_id)))
        return fail(Code::unprocessable, "nobody here is concerned", a.object_id);
    return {};
}

Result<> resolve_announce(Context& context, const Deed& deed, inbox::Fetcher& fetcher,
                          DeedPlan& plan) {
    const auto& a = deed.activity;
    if (!(a.object.is_object() && vocab::is_activity_type(a.object))) {
        if (context.urls.is_ours(a.object_id) || TRY(stored_post(context, a.object_id))) return {};
        return fetch_object(context, a.object_id, fetcher, plan);  // never what the Announce embeds
    }
    plan.inner_document =
        std::make_unique<json::Document>(TRY(json::Document::parse(a.object.text())));
    plan.inner =
        std::make_unique<vocab::Activity>(TRY(vocab::read_activity(plan.inner_document->root())));
    plan.inner_plan = std::make_unique<DeedPlan>();
    TRY(resolve_inner(context, *plan.inner, fetcher, *plan.inner_plan));
    plan.actors = std::move(plan.inner_plan->actors);
    return {};
}

Result<> apply_announced(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    return plan.inner && plan.inner_plan ? apply_inner(tx, context, deed, plan) : Result<>{};
}

}  // namespace kith::community
