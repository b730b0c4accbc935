// QuoteRequest, its Accept and Reject, and the Delete of a stamp (FEP-044f, DRAFT).
#include "base/json/writer.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/quote_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"

namespace kith::community {

using model::EventKind;
using model::Post;
using model::Quote;
using model::QuoteState;
using sql::Tx;

namespace {

bool is_answer_to_request(const vocab::Activity& a) {
    return a.object.is_object() && vocab::has_type(a.object, "QuoteRequest");
}

// The quoting post: the requester's own, and quoting what the request names.
Result<> check_instrument(const vocab::Post& post, const Deed& deed) {
    if (post.attributed_to != deed.actor.ap_id)
        return fail(Code::forbidden, "the quoting post is somebody else's", post.id);
    if (post.quote != deed.activity.object_id)
        return fail(Code::forbidden, "the post quotes something else", post.quote);
    return {};
}

Result<> answer(Tx& tx, const Context& context, const Deed& deed, const Quote& quote,
                const Post& quoting) {
    json::Writer w;
    w.object().member("instrument", quoting.ap_id);
    if (quote.state == QuoteState::accepted) w.member("stamp", quote.stamp_ap_id);
    w.end();
    return emit(tx, context,
                {.kind = EventKind::quote_answered,
                 .actor_id = quote.quoted_actor_id.value_or(0),
                 .post_id = quote.quoted_id,
                 .target_id = deed.actor.id,
                 .object_ap_id = deed.activity.id,
                 .payload = w.take()});
}

// Whoever quoted shows it differently from now on.
Result<> tell_of_change(Tx& tx, const Context& context, const Post& quoting) {
    if (!quoting.local || quoting.deleted_at) return {};
    return emit(tx, context,
                {.kind = EventKind::post_updated,
                 .actor_id = quoting.actor_id,
                 .post_id = quoting.id,
                 .group_id = quoting.group_id,
                 .object_ap_id = quoting.ap_id});
}

}  // namespace

Result<> authorize_quote_request(Tx& tx, const Context& context, const Deed& deed) {
    auto quoted = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    if (!quoted || !quoted->local || !TRY(repo::sees_post(tx, deed.actor.id, quoted->id)))
        return fail(Code::not_found, "the object is no post here", deed.activity.object_id);
    const auto id = vocab::id_of(deed.activity.instrument);
    if (id.empty() || context.urls.is_ours(id) || !one_origin(id, deed.actor.ap_id))
        return fail(Code::forbidden, "the quoting post is of another origin than the actor", id);
    if (!deed.activity.instrument.is_object()) return {};
    return check_instrument(TRY(vocab::read_post(deed.activity.instrument)), deed);
}

Result<> resolve_quote_request(Context&, const Deed& deed, inbox::Fetcher& fetcher,
                               DeedPlan& plan) {
    if (deed.activity.instrument.is_object()) {
        plan.post = TRY(vocab::read_post(deed.activity.instrument));
        return {};
    }
    const auto fetched = TRY(fetcher.fetch(vocab::id_of(deed.activity.instrument)));
    auto post = TRY(vocab::read_post(fetched.document.root()));
    TRY(check_instrument(post, deed));
    plan.post = std::move(post);
    return {};
}

Result<> apply_quote_request(Tx& tx, const Context& context, const Deed& deed,
                             const DeedPlan& plan) {
    auto quoted = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    auto quoting = TRY(store_remote_post(tx, context, *plan.post, deed.received_at, nullptr));
    if (!quoted || !quoting || quoting->deleted_at) return {};
    TRY(settle_quote(tx, context, *quoting, *plan.post, plan, deed.received_at, Turn::forbidden));
    auto quote = TRY(repo::find_quote(tx, quoting->id));
    if (!quote || quote->quoted_id != quoted->id || quoting->actor_id != deed.actor.id)
        return fail(Code::forbidden, "the post quotes something else", quoting->ap_id);
    if (quote->request_ap_id == deed.activity.id && quote->state != QuoteState::pending)
        return {};  // a replay
    quote->request_ap_id = deed.activity.id;
    const auto permission =
        TRY(permission_of(tx, *quoted, deed.actor.id, model::Interaction::quote));
    // What was approved stays so, and what was revoked is not asked back.
    if (quote->state != QuoteState::accepted && quote->state != QuoteState::revoked) {
        quote->state = QuoteState::rejected;
        if (permission == Permission::automatic) TRY(approve_quote(tx, context, *quote, *quoting));
    }
    TRY(repo::put_quote(tx, *quote));
    return answer(tx, context, deed, *quote, *quoting);
}

Result<std::optional<Quote>> answered_quote(Tx& tx, const Deed& deed) {
    const auto& a = deed.activity;
    auto quote = TRY(repo::find_quote_by_request(tx, a.object_id));
    if (!quote && is_answer_to_request(a)) {
        auto quoting = TRY(repo::find_post_by_ap_id(tx, vocab::id_of(a.object["instrument"])));
        if (quoting) quote = TRY(repo::find_quote(tx, quoting->id));
        if (quote && quote->quoted_ap_id != vocab::id_of(a.object["object"])) quote.reset();
    }
    if (!quote) return quote;
    auto quoting = TRY(repo::find_post(tx, quote->post_id));
    if (!quoting || !quoting->local) quote.reset();
    return quote;
}

Result<> authorize_quote_answer(const Deed& deed, const Quote& quote) {
    if (quote.quoted_actor_id != deed.actor.id)
        return fail(Code::forbidden, "only the author of the quoted post answers",
                    quote.quoted_ap_id);
    if (deed.activity.type == vocab::ActivityType::accept && quote.state != QuoteState::pending)
        return fail(Code::forbidden, "the quote is not pending", quote.quoted_ap_id);
    return {};
}

Result<> resolve_quote_answer(Context& context, const Deed& deed, inbox::Fetcher& fetcher,
                              DeedPlan& plan) {
    auto quoting = TRY(context.db.read([&](Tx& tx) -> Result<std::optional<std::string>> {
        auto quote = TRY(answered_quote(tx, deed));
        auto post = quote ? TRY(repo::find_post(tx, quote->post_id)) : std::optional<Post>{};
        if (!post) return std::optional<std::string>{};
        return std::optional<std::string>(post->ap_id + " " + quote->quoted_ap_id);
    }));
    if (!quoting) return {};
    const auto space = quoting->find(' ');
    if (deed.activity.result.empty())
        return fail(Code::invalid, "the Accept of a quote names no stamp");
    TRY(fetch_stamp(context, fetcher,
                    {deed.activity.result, deed.actor.ap_id, quoting->substr(0, space),
                     quoting->substr(space + 1)}));
    plan.quote_stamp = deed.activity.result;
    return {};
}

Result<> apply_quote_answer(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan,
                            const Quote& answered) {
    auto quote = answered;
    if (deed.activity.type == vocab::ActivityType::accept) {
        if (plan.quote_stamp.empty())
            return fail(Code::conflict, "the stamp was not looked at yet", quote.quoted_ap_id);
        quote.state = QuoteState::accepted;
        quote.stamp_ap_id = plan.quote_stamp;
    } else {
        if (quote.state == QuoteState::rejected || quote.state == QuoteState::revoked) return {};
        quote.state =
            quote.state == QuoteState::accepted ? QuoteState::revoked : QuoteState::rejected;
    }
    TRY(repo::put_quote(tx, quote));
    auto quoting = TRY(repo::find_post(tx, quote.post_id));
    if (!quoting) return {};
    // The request brought the post there: what becomes of it is told there too.
    TRY(note_reach(tx, context, *quoting, deed.actor));
    return tell_of_change(tx, context, *quoting);
}

Result<> apply_quote_revocation(Tx& tx, const Context& context, const Quote& revoked) {
    if (revoked.state == QuoteState::revoked) return {};
    auto quote = revoked;
    quote.state = QuoteState::revoked;
    TRY(repo::put_quote(tx, quote));
    auto quoting = TRY(repo::find_post(tx, quote.post_id));
    return quoting ? tell_of_change(tx, context, *quoting) : Result<>{};
}

}  // namespace kith::community
