#include "base/html/link.hpp"

#include <algorithm>
#include <array>

#include "base/html/escape.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace kith::html {
namespace {

constexpr std::array<std::string_view, 11> schemes = {
    "http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"};
constexpr std::size_t displayed_characters = 30;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// What follows "scheme:" of a web URL: browsers take "https:x" and "https:///x" for something else.
bool has_authority(std::string_view rest) {
    return rest.starts_with("//") && rest.size() > 2 &&
           std::string_view("/\\?#:@").find(rest[2]) == std::string_view::npos;
}

bool is_word(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '_'; }

// White space and punctuation that no one types inside a URL: East Asian texts have no space after.
bool ends_url(char32_t c) {
    return c <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '`' || c == 0x85 ||
           c == 0xa0 || c == 0xab || c == 0xbb || (c >= 0x2000 && c <= 0x200f) ||
           (c >= 0x2018 && c <= 0x201f) || (c >= 0x2028 && c <= 0x202f) ||
           (c >= 0x3000 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff0f) ||
           (c >= 0xff1a && c <= 0xff20) || c == 0xfffd;
}

std::size_t url_end(std::string_view text, std::size_t from) {
    while (from < text.size()) {
        const auto c = utf8::decode(text.substr(from));
        if (!c.valid || ends_url(c.code_point)) break;
        from += c.bytes;
    }
    return from;
}

// Without what a sentence puts behind a URL.
std::string_view without_trailing_punctuation(std::string_view url) {
    const auto surplus = [&](char closing, char opening) {
        return std::count(url.begin(), url.end(), closing) -
               std::count(url.begin(), url.end(), opening);
    };
    auto round = surplus(')', '('), square = surplus(']', '[');
    while (!url.empty()) {
        const char last = url.back();
        if (last == ')' ? round-- <= 0 : last == ']' && square-- <= 0) break;
        if (std::string_view(".,:;!?'*_~|)]").find(last) == std::string_view::npos) break;
        url.remove_suffix(1);
    }
    return url;
}

// The length of the web scheme at the end of a text, 0 where there is none.
std::size_t scheme_before(std::string_view text) {
    for (std::string_view scheme : {"https", "http"})
        if (text.size() >= scheme.size() &&
            text::iequals(text.substr(text.size() - scheme.size()), scheme))
            return scheme.size();
    return 0;
}

}  // namespace

bool is_safe_link(std::string_view url) {
    if (url.size() > limits::html_url_chars_max || std::any_of(url.begin(), url.end(), is_control))
        return false;
    const auto colon = url.find(':');
    if (colon == url.npos) return false;
    const auto scheme = text::to_lower_ascii(url.substr(0, colon));
    if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) return false;
    return !scheme.starts_with("http") || has_authority(url.substr(colon + 1));
}

std::vector<UrlSpan> find_urls(std::string_view text) {
    std::vector<UrlSpan> found;
    for (auto at = text.find("://"); at != text.npos; at = text.find("://", at + 1)) {
        const auto start = at - scheme_before(text.substr(0, at));
        if (start == at || (start > 0 && is_word(text[start - 1]))) continue;
        const auto end = url_end(text, at + 3);
        const auto url = without_trailing_punctuation(text.substr(start, end - start));
        if (is_safe_link(url)) found.push_back({start, url.size()});
        at = end - 1;
    }
    return found;
}

std::string url_to_html(std::string_view url) {
    auto prefix = url.find("://") + 3;
    if (text::starts_with_i(url.substr(prefix), "www.")) prefix += 4;
    const auto shown = utf8::truncate(url.substr(prefix), displayed_characters);
    const auto hidden = url.substr(prefix + shown.size());

    std::string out = "<a href=\"" + escape(url) + '"';
    out += link_attributes;
    out +=
        " translate=\"no\"><span class=\"invisible\">" + escape(url.substr(0, prefix)) + "</span>";
    out += hidden.empty() ? "<span>" : "<span class=\"ellipsis\">";
    out += escape(shown) + "</span><span class=\"invisible\">" + escape(hidden) + "</span></a>";
    return out;
}

}  // namespace kith::html
