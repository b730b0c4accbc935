#include "base/html/elements.hpp"

#include <algorithm>
#include <iterator>

namespace kith::html {
namespace {

// clang-format off
constexpr Element elements[] = {
    {"a",          Kind::kept_inline, "a",          Gap::none},
    {"address",    Kind::plain_block, "",           Gap::line},
    {"article",    Kind::plain_block, "",           Gap::line},
    {"aside",      Kind::plain_block, "",           Gap::line},
    {"b",          Kind::kept_inline, "b",          Gap::none},
    {"blockquote", Kind::kept_block,  "blockquote", Gap::empty_line},
    {"br",         Kind::line_break,  "",           Gap::none},
    {"canvas",     Kind::hidden,      "",           Gap::none},
    {"caption",    Kind::plain_block, "",           Gap::line},
    {"center",     Kind::plain_block, "",           Gap::line},
    {"code",       Kind::kept_inline, "code",       Gap::none},
    {"dd",         Kind::plain_block, "",           Gap::line},
    {"del",        Kind::kept_inline, "del",        Gap::none},
    {"details",    Kind::plain_block, "",           Gap::line},
    {"div",        Kind::plain_block, "",           Gap::line},
    {"dl",         Kind::plain_block, "",           Gap::line},
    {"dt",         Kind::plain_block, "",           Gap::line},
    {"em",         Kind::kept_inline, "em",         Gap::none},
    {"fieldset",   Kind::plain_block, "",           Gap::line},
    {"figcaption", Kind::plain_block, "",           Gap::line},
    {"figure",     Kind::plain_block, "",           Gap::line},
    {"footer",     Kind::plain_block, "",           Gap::line},
    {"form",       Kind::plain_block, "",           Gap::line},
    {"h1",         Kind::heading,     "p",          Gap::empty_line},
    {"h2",         Kind::heading,     "p",          Gap::empty_line},
    {"h3",         Kind::heading,     "p",          Gap::empty_line},
    {"h4",         Kind::heading,     "p",          Gap::empty_line},
    {"h5",         Kind::heading,     "p",          Gap::empty_line},
    {"h6",         Kind::heading,     "p",          Gap::empty_line},
    {"header",     Kind::plain_block, "",           Gap::line},
    {"html",       Kind::unknown,     "",           Gap::none},
    {"i",          Kind::kept_inline, "i",          Gap::none},
    {"iframe",     Kind::hidden_raw,  "",           Gap::none},
    {"img",        Kind::image,       "",           Gap::none},
    {"li",         Kind::kept_block,  "li",         Gap::line},
    {"link",       Kind::unknown,     "",           Gap::none},
    {"main",       Kind::plain_block, "",           Gap::line},
    {"math",       Kind::hidden,      "",           Gap::none},
    {"meta",       Kind::unknown,     "",           Gap::none},
    {"nav",        Kind::plain_block, "",           Gap::line},
    {"noembed",    Kind::hidden_raw,  "",           Gap::none},
    {"noframes",   Kind::hidden_raw,  "",           Gap::none},
    {"noscript",   Kind::hidden,      "",           Gap::none},
    {"object",     Kind::hidden,      "",           Gap::none},
    {"ol",         Kind::kept_block,  "ol",         Gap::line},
    {"p",          Kind::kept_block,  "p",          Gap::empty_line},
    {"pre",        Kind::kept_block,  "pre",        Gap::empty_line},
    {"s",          Kind::kept_inline, "del",        Gap::none},
    {"script",     Kind::hidden_raw,  "",           Gap::none},
    {"section",    Kind::plain_block, "",           Gap::line},
    {"select",     Kind::hidden,      "",           Gap::none},
    {"span",       Kind::kept_inline, "span",       Gap::none},
    {"strike",     Kind::kept_inline, "del",        Gap::none},
    {"strong",     Kind::kept_inline, "strong",     Gap::none},
    {"style",      Kind::hidden_raw,  "",           Gap::none},
    {"summary",    Kind::plain_block, "",           Gap::line},
    {"svg",        Kind::hidden,      "",           Gap::none},
    {"table",      Kind::plain_block, "",           Gap::line},
    {"td",         Kind::plain_block, "",           Gap::space},
    {"template",   Kind::hidden,      "",           Gap::none},
    {"textarea",   Kind::hidden_raw,  "",           Gap::none},
    {"th",         Kind::plain_block, "",           Gap::space},
    {"title",      Kind::hidden_raw,  "",           Gap::none},
    {"tr",         Kind::plain_block, "",           Gap::line},
    {"u",          Kind::kept_inline, "u",          Gap::none},
    {"ul",         Kind::kept_block,  "ul",         Gap::line},
};
// clang-format on

constexpr Element unknown = {"", Kind::unknown, "", Gap::none};

static_assert(std::is_sorted(std::begin(elements), std::end(elements),
                             [](auto& a, auto& b) { return a.name < b.name; }));

}  // namespace

const Element& find_element(std::string_view name) {
    const auto* found =
        std::lower_bound(std::begin(elements), std::end(elements), name,
                         [](const Element& element, auto wanted) { return element.name < wanted; });
    return found != std::end(elements) && found->name == name ? *found : unknown;
}

}  // namespace kith::html
