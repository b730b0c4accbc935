#pragma once
#include "node/community/context.hpp"

#include <optional>
#include <string>
#include <string_view>

// What a node says about itself: written by its operators in markdown.
namespace kith::community {

// Numbers are stored.
enum class DocumentKind { about = 0, privacy = 1, terms = 2 };

struct Document {
    std::string text, content;  // markdown, HTML
    TimeMs effective_at = 0, updated_at = 0;
};
// In the place of the one before; terms beside those of other days. Code::unprocessable for an empty
// or long text.
Result<> set_document(Context&, DocumentKind, std::string_view markdown, TimeMs effective_at);
// The one that holds now; Code::not_found where nobody has written it.
Result<Document> document(Context&, DocumentKind);

struct Terms {
    Document document;
    bool effective = false;
    std::optional<TimeMs> succeeded_by;  // by those of that day
};
// Those that hold now, else those that will; Code::not_found where there are none.
Result<Terms> terms(Context&);
Result<Terms> terms_of_day(Context&, TimeMs day);

}  // namespace kith::community
