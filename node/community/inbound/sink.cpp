#include "node/community/inbound/sink.hpp"

#include "federation/keys/actor_store.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/node_moderation.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/withdrawn.hpp"

namespace kith::community {

using inbox::Inbound;
using sql::Tx;
using vocab::ActivityType;

namespace {

// The signer was stored when its key was fetched; without a record there is nobody to act.
Result<Deed> deed_of(Tx& tx, const Inbound& inbound) {
    auto actor = TRY(repo::find_actor_by_ap_id(tx, inbound.activity.actor));
    if (!actor) return fail(Code::not_found, "the actor is not known", inbound.activity.actor);
    if (actor->local)
        return fail(Code::forbidden, "the actor is one of ours", inbound.activity.actor);
    return Deed{inbound.activity, std::move(*actor), inbound.row.body, nullptr,
                inbound.row.received_at, origin_in(inbound.document.root())};
}

bool requests_quote(const vocab::Activity& a) { return a.type_name == "QuoteRequest"; }

bool announces_activity(const vocab::Activity& a) {
    return a.type == ActivityType::announce && a.object.is_object() &&
           vocab::is_activity_type(a.object);
}

// Whose Undo may have overtaken it.
bool may_be_withdrawn(const vocab::Activity& activity) {
    const auto type = activity.type;
    return type == ActivityType::follow || type == ActivityType::like ||
           type == ActivityType::dislike || type == ActivityType::announce ||
           type == ActivityType::block || reacts_with_emoji(activity) || joins_or_leaves(activity);
}

Result<> authorize_deed(Tx& tx, const Context& context, const Deed& deed) {
    if (TRY(is_shut_out(tx, context, deed.actor)))
        return fail(Code::forbidden, "the actor is suspended or banned here", deed.actor.ap_id);
    if (may_be_withdrawn(deed.activity) &&
        TRY(repo::is_withdrawn(tx, deed.actor.id, deed.activity.id)))
        return fail(Code::forbidden, "it was undone before it came", deed.activity.id);
    if (may_moderate_by(deed.activity))
        if (const auto act = TRY(moderation_of(tx, context, deed))) return authorize_moderation(tx, deed, *act);
    if (chooses_answer(deed.activity)) return authorize_answer_choice(tx, context, deed);
    switch (deed.activity.type) {
        case ActivityType::create:
            return authorize_create(tx, context, deed);
        case ActivityType::update:
            return authorize_update(tx, context, deed);
        case ActivityType::delete_:
            return authorize_delete(tx, context, deed);
        case ActivityType::follow:
            return authorize_follow(tx, context, deed);
        case ActivityType::accept:
        case ActivityType::reject:
            if (answers_appeal(deed.activity)) return authorize_appeal_answer(tx, context, deed);
            return authorize_answer(tx, context, deed);
        case ActivityType::like:
        case ActivityType::dislike:
            return authorize_reaction(tx, context, deed);
        case ActivityType::announce:
            return authorize_announce(tx, context, deed);
        case ActivityType::block:
            return authorize_block(tx, context, deed);
        case ActivityType::flag:
            return authorize_flag(tx, context, deed);
        case ActivityType::move:
            return moves_thread(deed.activity, deed.origin) ? authorize_thread_move(tx, context, deed) : authorize_move(tx, context, deed);
        case ActivityType::add:
        case ActivityType::remove:
            if (adds_activity(deed.activity)) return authorize_contained(tx, context, deed);
            if (TRY(takes_thread_out(tx, deed))) return authorize_thread_removal(tx, context, deed);
            if (TRY(labels_thread(tx, deed.activity))) return authorize_label(tx, context, deed);
            return authorize_featured(tx, context, deed);
        case ActivityType::undo:
            return {};  // undoes only what its own actor did: see apply_undo
        default:
            if (requests_quote(deed.activity)) return authorize_quote_request(tx, context, deed);
            if (reacts_with_emoji(deed.activity))
                return authorize_emoji_reaction(tx, context, deed);
            if (joins_or_leaves(deed.activity)) return authorize_join(tx, context, deed);
            if (ignores_join(deed.activity))
                if (const auto join = TRY(answered_join(tx, deed))) return authorize_join_answer(tx, deed, *join);
            if (offers_group(deed.activity)) return authorize_group_offer(tx, deed);
            if (resolves_report(deed.activity)) return authorize_resolve(tx, context, deed);
            if (appeals(deed.activity)) return authorize_appeal(tx, context, deed);
            return fail(Code::unprocessable, "this kind of activity is not taken",
                        deed.activity.type_name);
    }
}

Result<> resolve_deed(Context& context, const Deed& deed, inbox::Fetcher& fetcher, DeedPlan& plan) {
    switch (deed.activity.type) {
        case ActivityType::create:
        case ActivityType::update: {
            if (vocab::is_actor_type(deed.activity.object)) return {};
            plan.post = TRY(vocab::read_post(deed.activity.object));
            return resolve_post(context, *plan.post, fetcher, plan);
        }
        case ActivityType::delete_:
            return resolve_delete(context, deed, fetcher, plan);
        case ActivityType::announce:
            return resolve_announce(context, deed, fetcher, plan);
        case ActivityType::accept:
            return resolve_quote_answer(context, deed, fetcher, plan);
        case ActivityType::move:
            if (moves_thread(deed.activity, deed.origin)) return resolve_thread_move(context, deed, fetcher, plan);
            return resolve_move(context, deed, fetcher, plan);
        case ActivityType::add:
            if (adds_activity(deed.activity)) return resolve_announce(context, deed, fetcher, plan);
            if (deed.activity.target != deed.actor.featured_url) return resolve_moderation(context, deed.activity, fetcher, plan);
            return resolve_featured(context, deed, fetcher, plan);
        case ActivityType::remove:
            return resolve_thread_removal(context, deed, fetcher, plan);
        default:
            if (requests_quote(deed.activity))
                return resolve_quote_request(context, deed, fetcher, plan);
            return {};
    }
}

Result<> apply_deed(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    if (may_moderate_by(deed.activity))
        if (auto act = TRY(moderation_of(tx, context, deed))) return apply_moderation(tx, context, deed, std::move(*act));
    if (chooses_answer(deed.activity)) return apply_answer_choice(tx, context, deed);
    switch (deed.activity.type) {
        case ActivityType::create:
            return apply_create(tx, context, deed, plan);
        case ActivityType::update:
            return vocab::is_actor_type(deed.activity.object)
                       ? apply_actor_update(tx, context, deed)
                       : apply_update(tx, context, deed, plan);
        case ActivityType::delete_:
            return apply_delete(tx, context, deed, plan);
        case ActivityType::follow:
            return apply_follow(tx, context, deed);
        case ActivityType::accept:
            return answers_appeal(deed.activity) ? apply_appeal_answer(tx, context, deed) : apply_accept(tx, context, deed, plan);
        case ActivityType::reject:
            return answers_appeal(deed.activity) ? apply_appeal_answer(tx, context, deed) : apply_reject(tx, context, deed, plan);
        case ActivityType::like:
            return apply_reaction(tx, context, deed, model::ReactionKind::like);
        case ActivityType::dislike:
            return apply_reaction(tx, context, deed, model::ReactionKind::dislike);
        case ActivityType::announce:
            return announces_activity(deed.activity) ? apply_announced(tx, context, deed, plan)
                                                     : apply_boost(tx, context, deed, plan);
        case ActivityType::block:
            return apply_block(tx, context, deed);
        case ActivityType::flag:
            return apply_flag(tx, context, deed);
        case ActivityType::move:
            return moves_thread(deed.activity, deed.origin) ? apply_thread_move(tx, context, deed, plan) : apply_move(tx, context, deed);
        case ActivityType::add:
        case ActivityType::remove:
            if (adds_activity(deed.activity)) return apply_contained(tx, context, deed, plan);
            if (TRY(takes_thread_out(tx, deed))) return apply_thread_removal(tx, context, deed, plan);
            if (TRY(labels_thread(tx, deed.activity))) return apply_label(tx, context, deed);
            return apply_featured(tx, context, deed, plan);
        case ActivityType::undo:
            return apply_undo(tx, context, deed);
        default:
            if (requests_quote(deed.activity)) return apply_quote_request(tx, context, deed, plan);
            if (reacts_with_emoji(deed.activity)) return apply_emoji_reaction(tx, context, deed);
            if (joins_or_leaves(deed.activity)) return apply_join(tx, context, deed);
            if (ignores_join(deed.activity))
                if (const auto join = TRY(answered_join(tx, deed))) return apply_join_answer(tx, context, deed, *join);
            if (offers_group(deed.activity)) return apply_group_offer(tx, context, deed);
            if (resolves_report(deed.activity)) return apply_resolve(tx, context, deed);
            if (appeals(deed.activity)) return apply_appeal(tx, context, deed);
            return {};
    }
}

}  // namespace

Result<> CommunitySink::authorize(const Inbound& inbound) {
    return context_.db.read([&](Tx& tx) -> Result<> {
        auto deed = TRY(deed_of(tx, inbound));
        heard_(deed.actor.host);
        return authorize_deed(tx, context_, deed);
    });
}

Result<std::unique_ptr<inbox::Plan>> CommunitySink::resolve(const Inbound& inbound,
                                                            inbox::Fetcher& fetcher) {
    auto deed = TRY(context_.db.read([&](Tx& tx) { return deed_of(tx, inbound); }));
    auto plan = std::make_unique<DeedPlan>();
    TRY(resolve_deed(context_, deed, fetcher, *plan));
    return plan;
}

Result<> CommunitySink::apply(Tx& tx, const Inbound& inbound, const inbox::Plan& plan) {
    const auto& found = static_cast<const DeedPlan&>(plan);
    auto deed = TRY(deed_of(tx, inbound));
    // Once more, inside the transaction: what was allowed a moment ago may not be any more.
    TRY(authorize_deed(tx, context_, deed));
    if (found.ignored) return {};
    for (const auto& actor : found.actors)
        TRY(keys::store_actor(tx, context_.ids, context_.clock.now_ms(), actor));
    return apply_deed(tx, context_, deed, found);
}

}  // namespace kith::community
