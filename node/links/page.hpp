#pragma once
#include "base/core/result.hpp"
#include "base/text/url.hpp"
#include "storage/model/link.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a page says about itself: Open Graph (ogp.me), Twitter's cards, plain HTML, and oEmbed (oembed.com).
namespace kith::links {

struct Page {
    model::Link link;        // without id, url and author
    std::string creator;     // "alice@example.org" of <meta name="fediverse:creator">, or ""
    std::string oembed_url;  // where more is said, or ""
};

// `at` is where the page came from. Code::unsupported for what is no HTML.
Result<Page> read_page(const Url& at, std::string_view content_type, std::string_view body);

// Fills in what an oEmbed document (JSON) says about the page and Open Graph did not; a video gets its
// player, a photo itself. What is no such document changes nothing.
void add_oembed(model::Link&, const Url& page, std::string_view document);

// Where the page's rel="me" links lead.
std::vector<std::string> identities_of(const Url& at, std::string_view content_type, std::string_view body);

}  // namespace kith::links
