// Create, Update and Delete (ActivityPub 7.2–7.4).
#include "config/limits/community.hpp"
#include "federation/keys/actor_store.hpp"
#include "base/text/url.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/farewell.hpp"
#include "node/community/group_queue.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/inbound/remote_polls.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/quote_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/catch_up.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_queue.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <unordered_set>

namespace kith::community {

using model::Actor;
using model::Post;
using sql::Tx;

namespace {

// A poll comes and goes with an edit, as in Mastodon; else a post stays what it is.
bool may_become(const vocab::Post& edited, model::PostKind was) {
    using model::PostKind;
    const auto is_text = [](PostKind kind) { return kind == PostKind::note || kind == PostKind::page; };
    const auto kind = kind_of(edited.type);
    return kind == was || (kind == PostKind::question && edited.poll && is_text(was)) ||
           (was == PostKind::question && is_text(kind));
}

bool deletes_actor(const Deed& deed) { return deed.activity.object_id == deed.activity.actor; }

// Into a group elsewhere nobody comes by themselves who is known to be banned there: its host would not show it either.
Result<> refuse_banned(Tx& tx, const Deed& deed, const vocab::Post& post) {
    if (deed.group) return {};
    const auto parent = post.in_reply_to.empty() ? std::optional<Post>{} : TRY(repo::find_post_by_ap_id(tx, post.in_reply_to));
    const auto named = post.audience.empty() ? std::optional<Actor>{} : TRY(repo::find_actor_by_ap_id(tx, post.audience));
    for (const auto group : {parent ? parent->group_id : std::optional<Id>{}, named ? std::optional(named->id) : std::optional<Id>{}})
        if (group && TRY(repo::is_banned(tx, *group, deed.actor.id, deed.received_at)))
            return fail(Code::forbidden, "the author is banned from the group", deed.actor.ap_id);
    return {};
}

}  // namespace

Result<> authorize_create(Tx& tx, const Context& context, const Deed& deed) {
    if (!deed.activity.object.is_object())
        return fail(Code::unprocessable, "the object of a Create is not embedded",
                    deed.activity.object_id);
    if (!vocab::is_post_type(deed.activity.object))
        return fail(Code::unprocessable, "this kind of object is not shown here",
                    deed.activity.object_type);
    auto post = TRY(vocab::read_post(deed.activity.object));
    if (!deed.group && post.attributed_to != deed.actor.ap_id)
        return fail(Code::forbidden, "the object is attributed to somebody else",
                    post.attributed_to);
    if (!deed.group && TRY(votes_of(tx, context, deed))) return {};
    return authorize_post(tx, context, deed, post);
}

Result<> authorize_post(Tx& tx, const Context& context, const Deed& deed, const vocab::Post& post) {
    if (TRY(repo::find_tombstone(tx, post.id)))
        return fail(Code::forbidden, "it was deleted before it came", post.id);
    TRY(refuse_banned(tx, deed, post));
    if (!TRY(is_relevant(tx, context, post, deed.actor, deed.group)))
        return fail(Code::unprocessable, "nobody here is concerned", post.id);
    return {};
}

Result<> authorize_update(Tx& tx, const Context& context, const Deed& deed) {
    if (vocab::is_actor_type(deed.activity.object))
        return deed.activity.object_id == deed.actor.ap_id ? Result<>{} : authorize_group_update(tx, deed);
    if (!deed.activity.object.is_object())
        return fail(Code::unprocessable, "the object of an Update is not embedded",
                    deed.activity.object_id);
    auto post = TRY(vocab::read_post(deed.activity.object));
    auto stored = TRY(repo::find_post_by_ap_id(tx, post.id));
    // Before its Create, or that was lost: its author's own word is as good in an Update.
    if (!stored && !deed.group) return authorize_create(tx, context, deed);
    return authorize_edit(tx, deed, post);
}

Result<> authorize_edit(Tx& tx, const Deed& deed, const vocab::Post& post) {
    const auto stored = TRY(repo::find_post_by_ap_id(tx, post.id));
    if (!stored || stored->deleted_at)
        return fail(Code::not_found, "the post is not known here", post.id);
    // The owner by exact id, not merely of the same origin; owners never change (checklist line
    // 10).
    if (stored->actor_id != deed.actor.id || post.attributed_to != deed.actor.ap_id)
        return fail(Code::forbidden, "the post is somebody else's", post.id);
    if (!may_become(post, stored->kind))
        return fail(Code::forbidden, "a post does not change its type", post.id);
    if (post.updated && *post.updated < stored->edited_at.value_or(stored->published_at))
        return fail(Code::forbidden, "the edit is older than what is stored", post.id);
    return {};
}

Result<> authorize_delete(Tx& tx, const Context& context, const Deed& deed) {
    const auto& id = deed.activity.object_id;
    if (id.empty()) return fail(Code::invalid, "the Delete names no object");
    if (deletes_actor(deed)) return {};
    if (auto quote = TRY(repo::find_quote_by_stamp(tx, id))) {
        if (quote->quoted_actor_id != deed.actor.id)
            return fail(Code::forbidden, "only its author revokes an approval", id);
        return {};
    }
    if (auto stored = TRY(repo::find_post_by_ap_id(tx, id))) {
        // What moderators take out of groups is no deletion: moderation.cpp.
        if (stored->actor_id != deed.actor.id)
            return fail(Code::forbidden, "the post is somebody else's", id);
        return {};
    }
    auto object = Url::parse(id);
    auto actor = Url::parse(deed.actor.ap_id);
    if (context.urls.is_ours(id) || !object || !actor || !same_origin(*object, *actor))
        return fail(Code::forbidden, "the object is of another origin than the actor", id);
    return {};
}

Result<> resolve_post(Context& context, const vocab::Post& post, inbox::Fetcher& fetcher,
                      DeedPlan& plan) {
    std::unordered_set<std::string> visited{post.id};
    auto parent = post.in_reply_to;
    while (!parent.empty() && !context.urls.is_ours(parent) && visited.insert(parent).second &&
           plan.ancestors.size() < limits::thread_fetch_depth_max && fetcher.fetches_left() > 0) {
        auto known = TRY(context.db.read([&](Tx& tx) -> Result<bool> {
            return TRY(repo::find_post_by_ap_id(tx, parent)).has_value();
        }));
        if (known) break;
        // A parent that cannot be had now leaves an orphan, which it adopts when it comes.
        auto fetched = fetcher.fetch(parent);
        if (!fetched) break;
        auto read = vocab::read_post(fetched->document.root());
        if (!read || read->id != parent || !one_origin(read->attributed_to, parent)) break;
        auto author = fetch_author(context, read->attributed_to, fetcher, plan);
        if (!author || !*author) break;
        parent = read->in_reply_to;
        plan.ancestors.push_back(std::move(*read));
    }
    std::reverse(plan.ancestors.begin(), plan.ancestors.end());
    return resolve_quote(context, post, fetcher, plan);
}

Result<> resolve_delete(Context&, const Deed& deed, inbox::Fetcher& fetcher, DeedPlan& plan) {
    if (!deletes_actor(deed)) return {};
    // An actor is gone when its own origin says so, not when a message does (federation.md 1.2).
    auto fetched = fetcher.fetch(deed.actor.ap_id);
    plan.object_is_gone = !fetched && fetched.error().code == Code::gone;
    if (!fetched && passes_later(fetched.error())) return tl::unexpected(fetched.error());
    return {};
}

Result<> apply_create(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    if (auto votes = TRY(votes_of(tx, context, deed)))
        return apply_votes(tx, context, deed, *votes);
    return apply_post(tx, context, deed, plan);
}

Result<> apply_post(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    for (const auto& ancestor : plan.ancestors)
        TRY(store_remote_post(tx, context, ancestor, deed.received_at, nullptr));
    // A conversation that was not known: others may have spoken in it too.
    if (!plan.ancestors.empty())
        if (auto first = TRY(repo::find_post_by_ap_id(tx, plan.ancestors.front().id)))
            TRY(repo::queue_thread(tx, first->thread_id, context.clock.now_ms()));
    auto known = TRY(repo::find_post_by_ap_id(tx, plan.post->id));
    auto post = TRY(store_remote_post(tx, context, *plan.post, deed.received_at, deed.group));
    if (!post || post->deleted_at) return {};
    TRY(settle_quote(tx, context, *post, *plan.post, plan, deed.received_at, Turn::forbidden));
    if (deed.group && !post->is_reply()) TRY(enter_group(tx, context, *post, {}));
    if (known) return {};
    if (TRY(is_kept_back(tx, post->id))) return repo::keep_held_activity(tx, post->id, deed.activity.id, deed.raw);
    TRY(forward_reply(tx, context, deed, *post));
    return relay_in_group(tx, context, deed, *post);
}

Result<> apply_update(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    auto stored = TRY(repo::find_post_by_ap_id(tx, plan.post->id));
    if (!stored && !deed.group) return apply_create(tx, context, deed, plan);
    if (!stored || stored->deleted_at) return {};
    const bool edited = TRY(update_remote_post(tx, context, *stored, *plan.post));
    TRY(note_distinguished(tx, *stored, *plan.post));
    // An approval and a new policy come without a new `updated`; another quote does not.
    TRY(store_rules(tx, *stored, deed.actor, plan.post->policy));
    TRY(settle_quote(tx, context, *stored, *plan.post, plan, deed.received_at,
                     edited ? Turn::allowed : Turn::forbidden));
    if (!edited || TRY(is_kept_back(tx, stored->id))) return {};
    TRY(forward_reply(tx, context, deed, *stored));
    return relay_in_group(tx, context, deed, *stored);
}

Result<> apply_actor_update(Tx& tx, const Context& context, const Deed& deed) {
    if (deed.activity.object_id != deed.actor.ap_id) return apply_group_update(tx, context, deed);
    auto actor = TRY(vocab::read_actor(deed.activity.object));
    if (actor.id != deed.actor.ap_id)
        return fail(Code::forbidden, "an actor updates only itself", actor.id);
    const auto stored = TRY(keys::store_actor(tx, context.ids, context.clock.now_ms(), actor));
    // Which groups it holds stands in a collection of its own.
    if (actor.type == vocab::ActorType::feed) TRY(repo::queue_profile(tx, stored.id, context.clock.now_ms()));
    return {};
}

Result<> apply_delete(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    const auto now = context.clock.now_ms();
    if (deletes_actor(deed)) {
        if (!plan.object_is_gone)
            return fail(Code::forbidden, "the actor's origin still has it", deed.actor.ap_id);
        return say_farewell(tx, context, deed.actor);
    }
    if (auto quote = TRY(repo::find_quote_by_stamp(tx, deed.activity.object_id)))
        return apply_quote_revocation(tx, context, *quote);
    auto stored = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    if (!stored)  // before its Create: a late one is ignored (checklist line 14)
        return repo::add_tombstone(tx, {.ap_id = deed.activity.object_id,
                                        .former_type = "Note",
                                        .actor_ap_id = deed.actor.ap_id,
                                        .deleted_at = now});
    if (stored->deleted_at) return {};
    const bool waited = TRY(is_kept_back(tx, stored->id));
    TRY(remove_post(tx, context, *stored));
    if (waited) return {};  // nobody else has it
    TRY(emit(tx, context,
             {.kind = model::EventKind::post_deleted,
              .actor_id = stored->actor_id,
              .local = false,
              .post_id = stored->id,
              .group_id = stored->group_id,
              .object_ap_id = stored->ap_id}));
    TRY(forward_reply(tx, context, deed, *stored));
    return relay_in_group(tx, context, deed, *stored);
}

}  // namespace kith::community
