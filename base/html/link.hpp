#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::html {

// What every link gets, so that a page that it leads to learns nothing and gains no rank.
inline constexpr std::string_view link_attributes =
    R"( target="_blank" rel="nofollow noopener noreferrer")";

// Whether a trimmed URL may stand in an href: absolute, one of the schemes that Mastodon lets pass
// (http, https, dat, dweb, ipfs, ipns, ssb, gopher, xmpp, magnet, gemini), no control characters,
// at most limits::html_url_chars_max long. javascript: and data: in any disguise are not.
bool is_safe_link(std::string_view url);

struct UrlSpan {
    std::size_t offset, length;  // bytes
};

// The http and https URLs in a plain text, in order. A URL starts at a word's beginning and ends
// before white space, quotes, angle brackets, CJK punctuation; closing punctuation and a bracket
// that was not opened in it do not belong to it.
std::vector<UrlSpan> find_urls(std::string_view text);

// A link whose text is the URL itself, shortened for display as Mastodon does it: scheme and "www."
// and what follows 30 characters are invisible.
std::string url_to_html(std::string_view url);

}  // namespace kith::html
