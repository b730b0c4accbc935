#pragma once
#include "node/community/context.hpp"
#include "node/community/posts.hpp"

#include <string>
#include <vector>

namespace kith::community {

// A text with what it refers to, and its HTML.
struct Composed {
    std::string html;
    struct Mentioned {
        model::Actor actor;
        std::string name;  // "@bob" or "@bob@example.org", as typed
    };
    std::vector<Mentioned> mentions;  // each actor once, in order; the text's host is resolved
    std::vector<std::string> tags;    // as typed, each once by folded form
};

// Renders what a member typed: mentions of actors known here and hashtags become links, plain text
// becomes paragraphs; everything has passed the sanitizer.
Result<Composed> compose(sql::Tx&, const Context&, std::string_view text,
                         std::string_view content_type);

}  // namespace kith::community
