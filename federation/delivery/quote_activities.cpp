// Consent to quotes: QuoteRequest, its answers, revocation (FEP-044f, DRAFT).
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::EventKind;
using sql::Tx;

namespace {

// A local person towards a remote one, about a post.
struct Talk {
    Actor actor, target;
    model::Post post;
};

Result<std::optional<Talk>> talk_of(Tx& tx, const Event& event) {
    if (!event.target_id || !event.post_id) return std::optional<Talk>{};
    auto actor = TRY(speaker(tx, event.actor_id));
    auto target = TRY(repo::find_actor(tx, *event.target_id));
    auto post = TRY(repo::find_post(tx, *event.post_id));
    if (!actor || !target || !post || target->local || target->deleted_at)
        return std::optional<Talk>{};
    return std::optional<Talk>(Talk{std::move(*actor), std::move(*target), std::move(*post)});
}

std::vector<Outgoing> to_target(const Talk& talk, const vocab::ActivityToWrite& activity) {
    Audience audience{.inboxes = {{talk.target.host, talk.target.inbox}},
                      .ordering = ordering_of_post(talk.post.id)};
    return {outgoing(talk.actor, activity, std::move(audience))};
}

Activities request(Tx& tx, const Context& context, const Event& event, const Talk& talk) {
    auto quote = TRY(repo::find_quote(tx, talk.post.id));
    if (!quote || quote->request_ap_id != event.object_ap_id || talk.post.deleted_at)
        return std::vector<Outgoing>{};
    json::Writer w;
    const auto document = TRY(post_document(tx, context.urls, talk.post));
    vocab::write_post(w, document, vocab::Context::without);
    return to_target(talk, {.id = event.object_ap_id,
                            .type = "QuoteRequest",
                            .actor = talk.actor.ap_id,
                            .object_id = quote->quoted_ap_id,
                            .instrument_json = w.take(),
                            .to = {talk.target.ap_id},
                            .terms = vocab::terms_of(document)});
}

// The request is named with all its parts, as FEP-044f shows it: not every asker keeps its ids.
Activities answer(const Context& context, const Event& event, const Talk& talk) {
    const auto payload = TRY(json::Document::parse(event.payload));
    json::Writer w;
    w.object().member("type", "QuoteRequest").member("id", event.object_ap_id);
    w.member("actor", talk.target.ap_id).member("object", talk.post.ap_id);
    w.member("instrument", payload["instrument"].string_or("")).end();
    const std::string stamp(payload["stamp"].string_or(""));
    return to_target(talk, {.id = context.urls.activity(event.id),
                            .type = stamp.empty() ? "Reject" : "Accept",
                            .actor = talk.actor.ap_id,
                            .object_json = w.take(),
                            .result = stamp,
                            .to = {talk.target.ap_id}});
}

// To whoever quoted, and to those who follow the quoted author and may have seen it.
Activities revocation(const Context& context, const Event& event, const Talk& talk) {
    auto out = to_target(talk, {.id = context.urls.activity(event.id),
                                .type = "Delete",
                                .actor = talk.actor.ap_id,
                                .object_id = event.object_ap_id,
                                .to = {std::string(vocab::public_collection)},
                                .cc = {talk.target.ap_id}});
    out.front().audience.followers_of = {talk.actor.id};
    return out;
}

}  // namespace

Activities quote_changed(Tx& tx, const Context& context, const Event& event) {
    auto talk = TRY(talk_of(tx, event));
    if (!talk) return std::vector<Outgoing>{};
    switch (event.kind) {
        case EventKind::quote_requested:
            return request(tx, context, event, *talk);
        case EventKind::quote_answered:
            return answer(context, event, *talk);
        case EventKind::quote_revoked:
            return revocation(context, event, *talk);
        default:
            return std::vector<Outgoing>{};
    }
}

}  // namespace kith::delivery
