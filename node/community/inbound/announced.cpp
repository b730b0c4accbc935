// Announce (FEP-1b12): of an activity, which a group spreads, and of an object, which is a boost or
// how a group shows a post. What is believed of an announced activity stands in the architecture,
// section 2.
#include "federation/keys/actor_store.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/node_moderation.hpp"
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

// What is not open to all is not there for us either when we ask, unless it is the group's own, which could take it
// out as well: of the rest only a Tombstone or 410 says that it was deleted.
Result<> resolve_inner_delete(Context& context, const std::string& id, Id announced_by, inbox::Fetcher& fetcher,
                              DeedPlan& plan) {
    auto stored = TRY(stored_post(context, id));
    if (!stored || stored->deleted_at) return {};
    auto fetched = fetcher.fetch(id);
    if (fetched)
        return fail(Code::forbidden, "the group announces a Delete of what its origin still has",
                    id);
    const bool may_be_hidden = stored->visibility > model::Visibility::unlisted && stored->group_id != announced_by;
    if (fetched.error().code == Code::not_found && may_be_hidden)
        return fail(Code::forbidden, "a post that is not open to all may still be there", id);
    if (fetched.error().code != Code::gone && fetched.error().code != Code::not_found)
        return tl::unexpected(fetched.error());
    plan.object_is_gone = true;
    return {};
}

// What moderators do; a Delete of a post in a group only where it is not its author's.
Result<bool> is_moderation(Context& context, const vocab::Activity& inner) {
    if (!may_moderate_by(inner)) return false;
    if (inner.type == ActivityType::delete_) {
        const auto author = TRY(context.db.read([&](Tx& tx) -> Result<std::string> {
            const auto post = TRY(repo::find_post_by_ap_id(tx, inner.object_id));
            if (!post || !post->group_id) return std::string();
            const auto actor = TRY(repo::find_actor(tx, post->actor_id));
            return actor ? actor->ap_id : std::string();
        }));
        return !author.empty() && author != inner.actor;
    }
    return inner.type != ActivityType::undo || !is_vote(inner);
}

Result<> resolve_inner(Context& context, const Deed& outer, const vocab::Activity& inner, const std::string& origin,
                       inbox::Fetcher& fetcher, DeedPlan& plan) {
    const auto& id = inner.object_id;
    if (inner.type == ActivityType::flag) return {};  // who reported is not looked for
    if (TRY(is_moderation(context, inner)) || resolves_report(inner) || chooses_answer(inner)) {
        if (!TRY(fetch_author(context, inner.actor, fetcher, plan)))
            return fail(Code::not_found, "the moderator cannot be found", inner.actor);
        return resolve_moderation(context, inner, fetcher, plan);
    }
    if (moves_thread(inner, origin)) {
        if (!TRY(fetch_author(context, inner.actor, fetcher, plan)))
            return fail(Code::not_found, "the moderator cannot be found", inner.actor);
        return resolve_thread_move(context, Deed{inner, {}, {}, &outer.actor, outer.received_at, origin}, fetcher, plan);
    }
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
            return resolve_inner_delete(context, id, outer.actor.id, fetcher, plan);
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

// What its author wrote in one of the group's threads, or gave to the group and wrote in no thread of another one.
Result<bool> is_for_group(Tx& tx, const vocab::Post& v, const model::Actor& group) {
    const auto parent = v.in_reply_to.empty() ? std::optional<Post>{} : TRY(repo::find_post_by_ap_id(tx, v.in_reply_to));
    return parent && parent->group_id ? parent->group_id == group.id : names_group(v, group);
}

// The post that the group shows, wherever it came from.
Result<> show_announced(Tx& tx, const Context& context, const Deed& outer, const DeedPlan& plan) {
    for (const auto& ancestor : plan.ancestors)
        TRY(store_remote_post(tx, context, ancestor, outer.received_at, nullptr));
    auto post = TRY(repo::find_post_by_ap_id(tx, vocab::id_of(outer.activity.object["object"])));
    if (!post && plan.post) {
        if (!TRY(is_for_group(tx, *plan.post, outer.actor)))
            return fail(Code::forbidden, "the group announces what nobody gave to it", plan.post->id);
        post = TRY(store_remote_post(tx, context, *plan.post, outer.received_at, &outer.actor));
        if (post)
            TRY(settle_quote(tx, context, *post, *plan.post, plan, outer.received_at,
                             Turn::forbidden));
    }
    if (!post || post->deleted_at || post->visibility == model::Visibility::direct ||
        post->visibility == model::Visibility::followers)
        return {};
    TRY(community::show_in_group(tx, context, *post, outer.actor, outer.activity.id));
    return {};
}

Result<> apply_inner(Tx& tx, const Context& context, const Deed& outer, const DeedPlan& plan) {
    const auto& inner = *plan.inner;
    const bool is_written = inner.type == ActivityType::create || inner.type == ActivityType::update;
    if (is_written && TRY(repo::is_relay(tx, outer.actor.ap_id)))
        return take_relayed_post(tx, context, outer, *plan.inner_plan);
    if (inner.type == ActivityType::create)
        return show_announced(tx, context, outer, *plan.inner_plan);
    if (inner.type == ActivityType::flag) {
        const Deed told{inner, outer.actor, {}, &outer.actor, outer.received_at};
        TRY(authorize_flag(tx, context, told));
        return apply_flag(tx, context, told);
    }
    auto actor = TRY(repo::find_actor_by_ap_id(tx, inner.actor));
    // What our own people did is known here first-hand.
    if (!actor || actor->local || TRY(is_shut_out(tx, context, *actor))) return {};
    Deed deed{inner, *actor, {}, &outer.actor, outer.received_at, origin_in(plan.inner_document->root())};
    if (may_moderate_by(inner))
        if (auto act = TRY(moderation_of(tx, context, deed))) {
            TRY(authorize_moderation(tx, deed, *act));
            return apply_moderation(tx, context, deed, std::move(*act));
        }
    if (moves_thread(inner, deed.origin)) return apply_thread_move(tx, context, deed, *plan.inner_plan);
    if (chooses_answer(inner)) {
        TRY(authorize_answer_choice(tx, context, deed));
        return apply_answer_choice(tx, context, deed);
    }
    if (TRY(labels_thread(tx, inner))) {
        TRY(authorize_label(tx, context, deed));
        return apply_label(tx, context, deed);
    }
    switch (inner.type) {
        case ActivityType::update:
            if (!plan.inner_plan->post) return {};
            TRY(authorize_edit(tx, deed, *plan.inner_plan->post));
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
            if (resolves_report(inner)) return apply_resolve(tx, context, deed);
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
        // What is said about somebody here reaches them where nobody follows the group.
        // By its one type: whatever else it called itself would come in with it.
        const auto type = a.object["type"].string_or("");
        const bool concerns_one = type == "Flag" || type == "Resolve" ||
                                  (type == "Warn" && context.urls.is_ours(vocab::id_of(a.object["object"].at(0))));
        if (!concerns_one && !TRY(repo::has_local_follower(tx, deed.actor.id)))
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
    if (plan.inner->type == ActivityType::update && plan.inner->object_id == a.actor) {
        TRY(resolve_announced_group(a.actor, fetcher, plan));
        plan.inner.reset();  // nothing more to do than to store it
        return {};
    }
    plan.inner_plan = std::make_unique<DeedPlan>();
    TRY(resolve_inner(context, deed, *plan.inner, origin_in(plan.inner_document->root()), fetcher, *plan.inner_plan));
    plan.actors = std::move(plan.inner_plan->actors);
    return {};
}

Result<> apply_announced(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    return plan.inner && plan.inner_plan ? apply_inner(tx, context, deed, plan) : Result<>{};
}

}  // namespace kith::community
