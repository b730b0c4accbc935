#pragma once
#include "base/core/result.hpp"
#include "storage/model/quote.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Quotes, their consent, and who may interact with a post.
namespace kith::repo {

Result<> put_quote(sql::Tx&, const model::Quote&);  // in place of what the post quoted before
Result<> remove_quote(sql::Tx&, Id post);
Result<std::optional<model::Quote>> find_quote(sql::Tx&, Id post);
Result<std::optional<model::Quote>> find_quote_by_request(sql::Tx&, std::string_view ap_id);
Result<std::optional<model::Quote>> find_quote_by_stamp(sql::Tx&, std::string_view ap_id);

// A quote as one viewer is shown it.
struct QuoteRow {
    model::Quote quote;
    bool deleted = false;               // the quoted post
    bool visible = false;               // to the viewer, by visible_to()
    bool blocked = false;               // its author, by the viewer
    std::optional<TimeMs> muted_until;  // likewise
};
Result<std::vector<QuoteRow>> quotes_of(sql::Tx&, std::optional<Id> viewer,
                                        std::span<const Id> posts);
// How many accepted quotes each post has; none is left out.
struct QuoteCount {
    Id post_id;
    std::int64_t quotes;
};
Result<std::vector<QuoteCount>> quote_counts(sql::Tx&, std::span<const Id> posts);
// Ids of the posts that quote this one with consent, newest first, those that the viewer may see.
Result<std::vector<Id>> quoting_page(sql::Tx&, std::optional<Id> viewer, Id quoted, const Window&);
// A post has come to be here: those that quote it learn of it, and are accepted where they are its
// author's own.
Result<> adopt_quotes(sql::Tx&, Id quoted, std::string_view quoted_ap_id, Id author);
Result<std::vector<Id>> quoting_local(sql::Tx&, Id quoted);  // accepted, by members here

Result<> put_rule(sql::Tx&, const model::InteractionRule&);
Result<> remove_rule(sql::Tx&, Id post, model::Interaction);
Result<std::optional<model::InteractionRule>> find_rule(sql::Tx&, Id post, model::Interaction);
Result<std::vector<model::InteractionRule>> rules_of(sql::Tx&, std::span<const Id> posts,
                                                     model::Interaction);

}  // namespace kith::repo
