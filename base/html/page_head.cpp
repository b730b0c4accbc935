#include "base/html/page_head.hpp"

#include "base/html/attributes.hpp"
#include "base/html/reader.hpp"
#include "base/html/references.hpp"
#include "base/text/strings.hpp"
#include "config/limits/base.hpp"

#include <algorithm>

namespace kith::html {

namespace {

constexpr std::size_t charset_searched_bytes = 1024;  // HTML 13.2.3.2

std::size_t find_i(std::string_view text, std::string_view word, std::size_t from = 0) {
    const auto same = [](char a, char b) { return text::to_lower_ascii(a) == text::to_lower_ascii(b); };
    if (from > text.size()) return text.npos;
    const auto at = std::search(text.begin() + std::ptrdiff_t(from), text.end(), word.begin(), word.end(), same);
    return at == text.end() ? text.npos : std::size_t(at - text.begin());
}

// The reader passes titles over; the first one outside of an SVG is the page's, and SVGs follow the head.
std::string title_of(std::string_view html) {
    const auto at = find_i(html, "<title");
    if (at == html.npos) return {};
    const auto begin = html.find('>', at);
    if (begin == html.npos) return {};
    const auto end = find_i(html, "</title", begin);
    return decode_references(html.substr(begin + 1, (end == html.npos ? html.size() : end) - begin - 1));
}

void take_meta(const Token& tag, PageHead& head) {
    if (head.metas.size() == limits::page_metas_max) return;
    for (auto key : {"property", "name", "itemprop"})
        if (const auto name = tag.attribute(key); !name.empty()) {
            head.metas.emplace_back(text::to_lower_ascii(text::trim(name)), std::string(text::trim(tag.attribute("content"))));
            return;
        }
}

void take_relation(const Token& tag, PageHead& head) {
    const auto rel = tag.attribute("rel");
    if (rel.empty() || tag.attribute("href").empty() || head.relations.size() == limits::page_metas_max) return;
    head.relations.push_back({text::to_lower_ascii(rel), text::to_lower_ascii(tag.attribute("type")), url_attribute(tag, "href")});
}

bool has_word(std::string_view words, std::string_view word) {
    for (auto each : text::split(words, ' '))
        if (text::trim(each) == word) return true;
    return false;
}

}  // namespace

bool PageHead::Relation::is(std::string_view word) const { return has_word(rel, word); }

std::string_view PageHead::meta(std::initializer_list<std::string_view> names) const {
    for (auto name : names)
        for (const auto& [key, content] : metas)
            if (key == name && !content.empty()) return content;
    return {};
}

PageHead read_page_head(std::string_view html) {
    PageHead head;
    head.title = std::string(text::trim(title_of(html)));
    Reader reader(html);
    Token token;
    while (reader.next(token)) {
        if (token.kind != Token::Kind::start_tag) continue;
        const auto name = token.element->name;
        if (name == "meta") take_meta(token, head);
        if (name == "link" || name == "a") take_relation(token, head);
        if (name == "html" && head.language.empty()) head.language = std::string(text::trim(token.attribute("lang")));
    }
    return head;
}

std::string page_charset(std::string_view html) {
    const auto head = html.substr(0, charset_searched_bytes);
    const auto at = find_i(head, "charset=");
    if (at == head.npos) return {};
    auto rest = head.substr(at + 8);
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    const auto end = std::find_if(rest.begin(), rest.end(), [](char c) {
        return !text::is_alpha(c) && !text::is_digit(c) && c != '-' && c != '_' && c != ':';
    });
    return text::to_lower_ascii(rest.substr(0, std::size_t(end - rest.begin())));
}

// The reader passes iframes over with what is in them: as a link it gives the attributes.
std::string first_iframe(std::string_view html) {
    constexpr std::string_view tag = "<iframe";
    const auto at = find_i(html, tag);
    if (at == html.npos) return {};
    const auto as_link = "<a" + std::string(html.substr(at + tag.size()));
    Reader reader(as_link);
    Token token;
    return reader.next(token) && token.kind == Token::Kind::start_tag ? url_attribute(token, "src") : std::string();
}

std::string first_link(std::string_view html) {
    Reader reader(html);
    Token token;
    while (reader.next(token)) {
        if (token.kind != Token::Kind::start_tag || token.element->name != "a") continue;
        const auto classes = token.attribute("class");
        if (has_word(classes, "mention") || has_word(classes, "hashtag") || has_word(token.attribute("rel"), "tag")) continue;
        auto href = url_attribute(token, "href");
        if (text::starts_with_i(href, "https://") || text::starts_with_i(href, "http://")) return href;
    }
    return {};
}

}  // namespace kith::html
