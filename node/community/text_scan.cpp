#include "node/community/text_scan.hpp"

#include "base/html/link.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"

namespace kith::community {

namespace {

bool is_name_char(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '_'; }
bool is_word_byte(char c) { return is_name_char(c) || static_cast<unsigned char>(c) >= 0x80; }
bool is_host_char(char c) { return is_word_byte(c) || c == '.' || c == '-'; }

// Where a run of non-blank bytes that starts like a URL ends; `at` where none starts there.
std::size_t skip_url(std::string_view text, std::size_t at) {
    auto rest = text.substr(at);
    if (!text::starts_with_i(rest, "https://") && !text::starts_with_i(rest, "http://")) return at;
    while (at < text.size() && !text::is_space(text[at])) ++at;
    return at;
}

// What may stand before an @ or #: nothing, or what cannot be part of a word.
bool starts_token(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    char before = text[at - 1];
    return !is_word_byte(before) && before != '/' && before != '@' && before != '#' &&
           before != '&';
}

std::size_t name_end(std::string_view text, std::size_t at) {
    auto end = at;
    while (end < text.size() && (is_name_char(text[end]) || text[end] == '.' || text[end] == '-'))
        ++end;
    while (end > at && (text[end - 1] == '.' || text[end - 1] == '-'))
        --end;  // the end of a sentence
    return end;
}

std::size_t host_end(std::string_view text, std::size_t at) {
    auto end = at;
    while (end < text.size() && is_host_char(text[end])) ++end;
    while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    if (end > at && end + 1 < text.size() && text[end] == ':' && text::is_digit(text[end + 1])) {
        ++end;
        while (end < text.size() && text::is_digit(text[end])) ++end;
    }
    return end;
}

// White space, punctuation and symbols outside ASCII that cannot be part of a hashtag.
bool is_tag_code_point(char32_t c) {
    if (c < 0x80) return is_name_char(char(c));
    if (c < 0xc0)
        return c == 0xaa || c == 0xb5 ||
               c == 0xba;  // of Latin-1 punctuation only these are letters
    if (c == 0xd7 || c == 0xf7) return false;
    if (c >= 0x2000 && c <= 0x2bff)
        return c == 0x200c || c == 0x200d;  // joiners; the rest is punctuation, symbols
    if (c >= 0x3000 && c <= 0x3004) return false;
    if (c >= 0x3008 && c <= 0x3020) return false;  // CJK brackets
    if (c >= 0xff00 && c <= 0xff0f) return false;  // fullwidth punctuation
    if ((c >= 0xff1a && c <= 0xff20) || (c >= 0xff3b && c <= 0xff40) ||
        (c >= 0xff5b && c <= 0xff65))
        return false;
    return c < 0x1f000 || c >= 0x20000;  // emoji end a tag
}

}  // namespace

std::vector<MentionSpan> find_mentions(std::string_view text) {
    std::vector<MentionSpan> out;
    for (std::size_t at = 0; at < text.size() && out.size() < limits::post_mentions_max;) {
        if (auto after = skip_url(text, at); after != at) {
            at = after;
            continue;
        }
        if (text[at] != '@' || !starts_token(text, at)) {
            ++at;
            continue;
        }
        auto end = name_end(text, at + 1);
        if (end == at + 1) {
            ++at;
            continue;
        }
        MentionSpan span{.offset = at,
                         .length = end - at,
                         .username = std::string(text.substr(at + 1, end - at - 1)),
                         .host = {}};
        if (end + 1 < text.size() && text[end] == '@' && is_word_byte(text[end + 1])) {
            auto stop = host_end(text, end + 1);
            span.host = text.substr(end + 1, stop - end - 1);
            span.length = stop - at;
            end = stop;
        }
        out.push_back(std::move(span));
        at = end;
    }
    return out;
}

std::vector<TagSpan> find_tags(std::string_view text) {
    std::vector<TagSpan> out;
    for (std::size_t at = 0; at < text.size() && out.size() < limits::post_tags_max;) {
        if (auto after = skip_url(text, at); after != at) {
            at = after;
            continue;
        }
        if (text[at] != '#' || !starts_token(text, at)) {
            ++at;
            continue;
        }
        auto end = at + 1;
        bool has_letter = false;
        while (end < text.size()) {
            auto decoded = utf8::decode(text.substr(end));
            if (!decoded.valid || !is_tag_code_point(decoded.code_point)) break;
            has_letter = has_letter || decoded.code_point >= 0x80 ||
                         !text::is_digit(char(decoded.code_point));
            end += decoded.bytes;
        }
        if (has_letter && end - at - 1 <= limits::tag_bytes_max)
            out.push_back({at, end - at, std::string(text.substr(at + 1, end - at - 1))});
        at = end;
    }
    return out;
}

bool is_hashtag(std::string_view name) {
    const auto found = find_tags("#" + std::string(name));
    return found.size() == 1 && found.front().name == name;
}

std::size_t counted_length(std::string_view text) {
    auto length = utf8::length(text);
    for (const auto& url : html::find_urls(text))
        length = length - utf8::length(text.substr(url.offset, url.length)) + limits::post_url_characters;
    for (const auto& mention : find_mentions(text))
        if (!mention.host.empty()) length -= utf8::length(mention.host) + 1;  // with the second @
    return length;
}

}  // namespace kith::community
