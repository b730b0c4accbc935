// Quotes: FEP-044f (DRAFT), the older names that it lists, and FEP-e232.
#include <algorithm>

#include "base/text/strings.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"
#include "federation/vocab/writer.hpp"

namespace kith::vocab {
namespace {

// FEP-e232: the media type says that the link leads to an object, `rel` that it is quoted. FEP-044f
// spells the relation with a slash before the fragment.
bool is_quote_link(const Tag& tag) {
    if (tag.type != TagType::link || tag.href.empty()) return false;
    const bool names_object = text::starts_with_i(tag.media_type, "application/activity+json") ||
                              text::starts_with_i(tag.media_type, "application/ld+json");
    if (!names_object) return false;
    const auto words = " " + tag.rel + " ";
    return words.find(" " + std::string(quote_rel) + " ") != std::string::npos ||
           words.find(" https://misskey-hub.net/ns/#_misskey_quote ") != std::string::npos;
}

std::string quote_of(json::View from, const std::vector<Tag>& tags) {
    for (const char* name : {"quote", "_misskey_quote", "quoteUrl", "quoteUri"}) {
        auto id = first_id(from[name]);
        if (!id.empty() && !is_public(id)) return id;
    }
    const auto link = std::ranges::find_if(tags, is_quote_link);
    return link == tags.end() ? std::string() : link->href;
}

// One id, or a refusal: a part that names two things would match either.
Result<std::string> part_of(json::View from, const char* name) {
    auto id = id_of(from[name]);
    if (id.empty() || is_public(id)) return fail(Code::invalid, "the stamp lacks a part", name);
    return id;
}

}  // namespace

void read_quote(json::View from, Post& post) {
    post.quote = quote_of(from, post.tags);
    if (post.quote.empty()) return;
    post.quote_authorization = id_of(from["quoteAuthorization"]);
    if (is_public(post.quote_authorization)) post.quote_authorization.clear();
}

Result<QuoteAuthorization> read_quote_authorization(json::View from) {
    if (!has_type(from, "QuoteAuthorization"))
        return fail(Code::invalid, "not a QuoteAuthorization", type_name_of(from));
    QuoteAuthorization stamp;
    stamp.id = TRY(own_id(from));
    if (stamp.id.empty()) return fail(Code::invalid, "the stamp has no id");
    stamp.attributed_to = TRY(part_of(from, "attributedTo"));
    stamp.interacting_object = TRY(part_of(from, "interactingObject"));
    stamp.interaction_target = TRY(part_of(from, "interactionTarget"));
    return stamp;
}

}  // namespace kith::vocab
