// Quotes: FEP-044f (DRAFT) and the older names that it lists for compatibility; FEP-e232.
#include "federation/vocab/contexts.hpp"
#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {
namespace {

void write_approval(json::Writer& w, std::string_view name, const std::optional<Approval>& rule) {
    if (!rule) return;
    w.key(name).object();
    if (!rule->automatic.empty()) write_ids(w, "automaticApproval", rule->automatic);
    if (!rule->manual.empty()) write_ids(w, "manualApproval", rule->manual);
    w.end();
}

}  // namespace

void write_quote(json::Writer& w, const Post& post) {
    if (post.quote.empty()) return;
    for (const char* name : {"quote", "_misskey_quote", "quoteUri"}) w.member(name, post.quote);
    w.member_unless_empty("quoteAuthorization", post.quote_authorization);
}

void write_interaction_policy(json::Writer& w, const InteractionPolicy& policy) {
    if (!policy.can_quote && !policy.can_like && !policy.can_reply && !policy.can_announce) return;
    w.key("interactionPolicy").object();
    write_approval(w, "canQuote", policy.can_quote);
    write_approval(w, "canLike", policy.can_like);
    write_approval(w, "canReply", policy.can_reply);
    write_approval(w, "canAnnounce", policy.can_announce);
    w.end();
}

std::string write_quote_authorization(const QuoteAuthorization& stamp) {
    json::Writer w;
    w.object();
    write_context(w, Context::with, quote_context);
    w.member("type", "QuoteAuthorization").member("id", stamp.id);
    w.member("attributedTo", stamp.attributed_to);
    w.member("interactingObject", stamp.interacting_object);
    w.member("interactionTarget", stamp.interaction_target).end();
    return w.take();
}

}  // namespace kith::vocab
