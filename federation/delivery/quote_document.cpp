#include "federation/delivery/quote_document.hpp"

#include "base/html/escape.hpp"
#include "federation/vocab/writer.hpp"
#include "storage/repo/quotes.hpp"

namespace kith::delivery {

using model::Post;
using model::QuoteState;
using sql::Tx;

Result<> add_quote(Tx& tx, const Post& post, vocab::Post& v) {
    auto quote = TRY(repo::find_quote(tx, post.id));
    if (!quote) return {};
    // What was refused or taken back is not shown to others any more.
    if (quote->state != QuoteState::pending && quote->state != QuoteState::accepted) return {};
    v.quote = quote->quoted_ap_id;
    if (quote->state == QuoteState::accepted) v.quote_authorization = quote->stamp_ap_id;
    v.tags.push_back(
        {.type = vocab::TagType::link,
         .href = v.quote,
         .media_type = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
         .rel = std::string(vocab::quote_rel)});
    const auto href = html::escape(v.quote);
    v.content += "<p class=\"quote-inline\">RE: <a href=\"" + href + "\">" + href + "</a></p>";
    return {};
}

Result<> add_quote_policy(Tx& tx, const Post& post, const model::Actor& author, vocab::Post& v) {
    int audience = model::audience_public;
    if (post.visibility > model::Visibility::unlisted) {
        audience = model::audience_nobody;
    } else if (auto rule = TRY(repo::find_rule(tx, post.id, model::Interaction::quote))) {
        audience = rule->automatic;
    }
    vocab::Approval approval;
    if (audience & model::audience_public)
        approval.automatic = {std::string(vocab::public_collection)};
    else if (audience & model::audience_followers)
        approval.automatic = {author.followers_url};
    else  // an empty list would be as none at all
        approval.automatic = {author.ap_id};
    v.policy.can_quote = std::move(approval);
    return {};
}

}  // namespace kith::delivery
