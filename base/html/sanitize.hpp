#pragma once
#include <string>
#include <string_view>

namespace kith::html {

// HTML from anywhere as HTML that may stand in our pages and APIs: cut into tokens by HTML's rules,
// then written anew from an allow-list, so that no browser reads it differently from us.
// Kept are p br span a del pre code em strong b i u ul ol li blockquote, Mastodon's classes
// (h-* p-* u-* dt-* e-* mention hashtag ellipsis invisible quote-inline) and links that
// is_safe_link() lets pass, each with rel="nofollow noopener noreferrer" and target="_blank".
// Headings become strong paragraphs, images links with the alternative text; other elements leave
// their content, hidden ones (script, style, iframe, svg …) nothing.
//
// Any bytes may go in; the result is UTF-8, balanced, at most limits::html_depth_max deep and
// limits::html_bytes_max long (the rest is cut off), and sanitizing it again changes nothing. Time
// and memory are linear.
std::string sanitize(std::string_view html);

}  // namespace kith::html
