#pragma once
#include "node/community/posts.hpp"
#include "storage/model/link.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Pages that posts link to, and the links that stand in profiles. Reading them is node/links'.
namespace kith::community {

// In the transaction in which a post comes to be here or changes: remembers what it links to first, and
// asks for the page where it is not known. A post with media or a quote shows those instead; a direct
// one is nobody else's business.
Result<> note_link(sql::Tx&, const Context&, const model::Post&);
// With the people who are named as their authors.
Result<std::vector<Card>> cards_of(sql::Tx&, std::vector<model::Link>);
// Adds to each view what its link's page says: one statement.
Result<> attach_cards(sql::Tx&, std::vector<PostView>&);

// ---- profiles. A job checks the fields of a profile one after the other: whose page links back with
// rel="me" is verified.
inline constexpr std::string_view verify_fields_job = "verify_fields";
Result<> queue_field_checks(sql::Tx&, const Context&, Id actor);
struct FieldCheck {
    model::Actor actor;
    std::size_t field = 0;
    std::string url;
    std::string next;  // the job's payload for the field after it
};
// Nothing where none is left to check.
Result<std::optional<FieldCheck>> field_to_check(Context&, std::string_view payload);
Result<> note_field_verified(Context&, const FieldCheck&);

}  // namespace kith::community
