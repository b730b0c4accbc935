#include "base/html/tree.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"
#include "config/limits.hpp"

namespace kith::html {
namespace {

constexpr std::size_t chunk_bytes_min = 16 * 1024;

// gumbo's time grows with the square of the number of open elements, so their number is bounded
// before it sees the text.
std::string_view bounded(std::string_view html) {
    html = utf8::truncate_bytes(html, limits::html_bytes_max);
    std::size_t tags = 0;
    for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1))
        if (++tags > limits::html_tags_max) return html.substr(0, at);
    return html;
}

// Apart from its caller, so that no local of it is live across setjmp.
const GumboNode* parse(Arena& arena, const std::string& source) {
    auto options = kGumboDefaultOptions;
    options.allocator = [](void* user, std::size_t bytes) {
        return static_cast<Arena*>(user)->allocate(bytes);
    };
    options.deallocator = [](void*, void*) {};
    options.userdata = &arena;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_BODY;
    if (setjmp(arena.exhausted) != 0) return nullptr;
    return gumbo_parse_with_options(&options, source.data(), source.size())->root;
}

}  // namespace

void* Arena::allocate(std::size_t bytes) {
    constexpr std::size_t alignment = alignof(std::max_align_t);
    if (bytes > left_) std::longjmp(exhausted, 1);
    bytes = (bytes + alignment - 1) / alignment * alignment;
    if (bytes > free_) {
        const auto chunk = std::max(bytes, chunk_bytes_min);
        chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunk));
        next_ = chunks_.back().get();
        free_ = chunk;
    }
    auto* out = next_;
    next_ += bytes;
    free_ -= bytes;
    left_ -= std::min(bytes, left_);
    return out;
}

Tree::Tree(std::string_view html)
    : source_(writable(utf8::to_valid(bounded(html)))), arena_(limits::html_memory_bytes_max) {
    root_ = parse(arena_, source_);
}

std::string writable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) < 0x80) {
            ++i;
            if (c == '\r') {
                if (text.substr(i, 1) != "\n") out += '\n';
            } else if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f)) {
                out += c;
            }
            continue;
        }
        const auto [code_point, bytes, valid] = utf8::decode(text.substr(i));
        const bool control = code_point >= 0x80 && code_point <= 0x9f;
        const bool noncharacter = (code_point >= 0xfdd0 && code_point <= 0xfdef) ||
                                  (code_point & 0xfffe) == 0xfffe;
        if (valid && !control && !noncharacter) out += text.substr(i, bytes);
        i += bytes;
    }
    return out;
}

std::string_view attribute(const GumboNode& element, const char* name) {
    const auto* found = gumbo_get_attribute(&element.v.element.attributes, name);
    return found == nullptr ? std::string_view() : found->value;
}

bool is_hidden(const GumboNode& element) {
    if (element.v.element.tag_namespace != GUMBO_NAMESPACE_HTML) return true;
    switch (element.v.element.tag) {
        case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_TITLE: case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_NOEMBED:
        case GUMBO_TAG_NOFRAMES: case GUMBO_TAG_IFRAME: case GUMBO_TAG_OBJECT:
        case GUMBO_TAG_CANVAS: case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_SELECT:
        case GUMBO_TAG_SVG: case GUMBO_TAG_MATH:
            return true;
        default:
            return false;
    }
}

bool is_block(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_P: case GUMBO_TAG_PRE: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_UL:
        case GUMBO_TAG_OL: case GUMBO_TAG_LI: case GUMBO_TAG_H1: case GUMBO_TAG_H2:
        case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_H6:
        case GUMBO_TAG_DIV: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_MAIN: case GUMBO_TAG_NAV:
        case GUMBO_TAG_ASIDE: case GUMBO_TAG_ADDRESS: case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_DL: case GUMBO_TAG_DT: case GUMBO_TAG_DD:
        case GUMBO_TAG_TABLE: case GUMBO_TAG_CAPTION: case GUMBO_TAG_TR: case GUMBO_TAG_TD:
        case GUMBO_TAG_TH: case GUMBO_TAG_HR: case GUMBO_TAG_DETAILS: case GUMBO_TAG_SUMMARY:
        case GUMBO_TAG_FIELDSET: case GUMBO_TAG_FORM: case GUMBO_TAG_CENTER:
            return true;
        default:
            return false;
    }
}

}  // namespace kith::html
