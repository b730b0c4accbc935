// Conversation containers (FEP-171b, DRAFT): whoever owns a conversation adds to it, by Add, the
// activities that others sent about its posts. Such an Add is no proof: a post that is brought, edited
// or deleted by one is as its own origin serves it now, so that an owner can neither forge nor change
// what others wrote. Votes, which have no origin that could be asked, are not taken.
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/node_moderation.hpp"
#include "federation/vocab/reader.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

namespace kith::community {

using sql::Tx;
using vocab::ActivityType;

namespace {

bool is_taken(ActivityType type) {
    return type == ActivityType::create || type == ActivityType::update ||
           type == ActivityType::delete_;
}

// Somebody here follows the owner, or the conversation is here already.
Result<bool> is_known_conversation(Tx& tx, const Deed& deed) {
    if (TRY(repo::has_local_follower(tx, deed.actor.id))) return true;
    const auto object = deed.activity.object["object"].at(0);
    for (const auto& id : {vocab::id_of(object), vocab::id_of(object["inReplyTo"].at(0))})
        if (!id.empty() && TRY(repo::find_post_by_ap_id(tx, id))) return true;
    return false;
}

}  // namespace

bool adds_activity(const vocab::Activity& a) {
    return a.type == ActivityType::add && a.object.is_object() && vocab::is_activity_type(a.object);
}

Result<> authorize_contained(Tx& tx, const Context&, const Deed& deed) {
    const auto& a = deed.activity;
    if (a.target_owner != deed.actor.ap_id || !one_origin(a.target, deed.actor.ap_id))
        return fail(Code::forbidden, "the container is not the actor's own", a.target);
    if (!is_taken(TRY(vocab::read_activity(a.object)).type))
        return fail(Code::unprocessable, "this kind of activity is not taken from a container");
    if (!TRY(is_known_conversation(tx, deed)))
        return fail(Code::unprocessable, "nobody here is concerned", a.target);
    return {};
}

Result<> apply_contained(Tx& tx, const Context& context, const Deed& outer, const DeedPlan& plan) {
    if (!plan.inner || !plan.inner_plan) return {};
    const auto& inner = *plan.inner;
    const auto& found = *plan.inner_plan;
    const auto actor = TRY(repo::find_actor_by_ap_id(tx, inner.actor));
    if (!actor || actor->local || TRY(is_shut_out(tx, context, *actor))) return {};
    const Deed deed{inner, *actor, {}, nullptr, outer.received_at};
    const bool is_own = found.post && found.post->attributed_to == actor->ap_id;
    switch (inner.type) {
        case ActivityType::create:
            if (!is_own || TRY(repo::find_post_by_ap_id(tx, found.post->id))) return {};
            TRY(authorize_post(tx, context, deed, *found.post));
            return apply_post(tx, context, deed, found);
        case ActivityType::update:
            if (!is_own) return {};
            TRY(authorize_edit(tx, deed, *found.post));
            return apply_update(tx, context, deed, found);
        case ActivityType::delete_:
            if (!found.object_is_gone) return {};
            TRY(authorize_delete(tx, context, deed));
            return apply_delete(tx, context, deed, found);
        default:
            return {};
    }
}

}  // namespace kith::community
