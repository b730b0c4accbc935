#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace kith::html {

// A range of a plain text, in bytes, and the HTML that stands for it: a mention or a hashtag that
// the caller has resolved. `html` is written as it is.
struct Link {
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string html;
};

// A member's plain text as HTML, byte for byte what Mastodon makes of it: one <p> for each
// paragraph (an empty line between), <br /> for a line end, no white space around the whole, URLs
// as links. Empty for a text without anything to see. `links` are sorted by offset and do not
// overlap; one that lies outside the text or inside the one before is left out.
std::string plain_to_html(std::string_view text, std::span<const Link> links = {});

}  // namespace kith::html
