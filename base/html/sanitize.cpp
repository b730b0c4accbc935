#include "base/html/sanitize.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/html/escape.hpp"
#include "base/html/link.hpp"
#include "base/html/tree.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits.hpp"

namespace kith::html {
namespace {

constexpr std::string_view picture_frame = "\xF0\x9F\x96\xBC";   // what stands for a nameless image

// The name under which an element is written; empty for those that only leave their content.
std::string_view written_name(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_P: return "p";
        case GUMBO_TAG_SPAN: return "span";
        case GUMBO_TAG_A: return "a";
        case GUMBO_TAG_DEL: case GUMBO_TAG_S: case GUMBO_TAG_STRIKE: return "del";
        case GUMBO_TAG_PRE: return "pre";
        case GUMBO_TAG_CODE: return "code";
        case GUMBO_TAG_EM: return "em";
        case GUMBO_TAG_STRONG: return "strong";
        case GUMBO_TAG_B: return "b";
        case GUMBO_TAG_I: return "i";
        case GUMBO_TAG_U: return "u";
        case GUMBO_TAG_UL: return "ul";
        case GUMBO_TAG_OL: return "ol";
        case GUMBO_TAG_LI: return "li";
        case GUMBO_TAG_BLOCKQUOTE: return "blockquote";
        default: return {};
    }
}

bool is_heading(GumboTag tag) {
    return tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3 ||
           tag == GUMBO_TAG_H4 || tag == GUMBO_TAG_H5 || tag == GUMBO_TAG_H6;
}

bool is_allowed_class(std::string_view name) {
    constexpr std::array<std::string_view, 5> names = {"mention", "hashtag", "ellipsis",
                                                       "invisible", "quote-inline"};
    constexpr std::array<std::string_view, 5> microformats = {"h-", "p-", "u-", "dt-", "e-"};
    if (std::find(names.begin(), names.end(), name) != names.end()) return true;
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '_';
    });
    return plain && std::any_of(microformats.begin(), microformats.end(), [&](auto prefix) {
        return name.starts_with(prefix) && name.size() > prefix.size();
    });
}

std::string url_attribute(const GumboNode& element, const char* name) {
    return writable(text::trim(attribute(element, name)));
}

std::string class_attribute(const GumboNode& element) {
    std::string kept;
    for (auto rest = attribute(element, "class"); !rest.empty();) {
        const auto end = std::min(rest.find_first_of(" \t\n\f\r"), rest.size());
        const auto name = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (is_allowed_class(name)) kept.append(kept.empty() ? "" : " ").append(name);
    }
    return kept.empty() ? kept : " class=\"" + kept + '"';
}

std::string number_attribute(const GumboNode& element, const char* name) {
    constexpr std::size_t digits_max = 9;
    const auto value = attribute(element, name);
    if (value.empty() || value.size() > digits_max ||
        !std::all_of(value.begin(), value.end(), text::is_digit))
        return {};
    return std::string(" ") + name + "=\"" + std::string(value) + '"';
}

std::string attributes_of(const GumboNode& element) {
    switch (element.v.element.tag) {
        case GUMBO_TAG_OL: return number_attribute(element, "start");
        case GUMBO_TAG_LI: return number_attribute(element, "value");
        case GUMBO_TAG_P: return class_attribute(element);
        case GUMBO_TAG_SPAN: case GUMBO_TAG_A: break;
        default: return {};
    }
    std::string out;
    const bool is_link = element.v.element.tag == GUMBO_TAG_A;
    if (is_link)
        out = " href=\"" + escape(url_attribute(element, "href")) + '"';
    out += class_attribute(element);
    if (is_link) out += link_attributes;
    if (attribute(element, "translate") == "no") out += " translate=\"no\"";
    return out;
}

// Writes the tree so that parsing the output gives the same tree again. What the parser would close
// by itself (a paragraph before a block, an item before an item, a link before a link) is closed or
// left out here, because leaving out elements brings together what the source kept apart.
class Serializer {
public:
    bool enter(const GumboNode& node) {
        if (full_) return false;
        if (is_text(node)) write_text(node.v.text.text);
        if (!is_element(node) || is_hidden(node)) return false;
        const auto tag = node.v.element.tag;
        const auto name = written_name(tag);
        if (tag == GUMBO_TAG_BR) write_break();
        else if (tag == GUMBO_TAG_IMG) write_image(node);
        else if (is_heading(tag)) open_heading(node);
        else if (name.empty()) separate(tag);
        else if (is_block(tag)) open_block(node, name);
        else open_inline(node, name);
        return true;
    }

    void leave(const GumboNode& node) {
        const auto opened = std::find_if(open_.begin(), open_.end(),
                                         [&](const Open& o) { return o.node == &node; });
        if (opened != open_.end()) close_to(opened);
        else separate(node.v.element.tag);
    }

    std::string finish() && { return std::move(out_); }

private:
    struct Open {
        std::string_view name;
        const GumboNode* node;
        bool block;
    };
    using OpenIterator = std::vector<Open>::iterator;

    OpenIterator find_open(std::string_view name) {
        return std::find_if(open_.begin(), open_.end(),
                            [&](const Open& o) { return o.name == name; });
    }

    // Closes this element and all inside it.
    void close_to(OpenIterator last) {
        while (open_.end() != last) {
            const auto& closing = open_.back();
            out_.append("</").append(closing.name).append(">");
            if (closing.block) glued_ = false;
            const bool done = std::prev(open_.end()) == last;
            open_.pop_back();
            after_pre_ = false;
            if (done) break;
        }
    }

    void open(std::string_view name, std::string_view attributes, const GumboNode& node, bool block) {
        if (!take_room(2, name.size() + attributes.size() + 2)) return;
        out_.append("<").append(name).append(attributes).append(">");
        open_.push_back({name, &node, block});
        after_pre_ = name == "pre";
    }

    // The output keeps the bounds of the input, so that reading it again cuts nothing off. Counts
    // tags; once something did not fit, nothing more is written but the end tags.
    bool take_room(std::size_t tags, std::size_t bytes) {
        constexpr std::size_t end_tags_bytes = limits::html_depth_max * std::size("</blockquote>");
        if (tags_ + tags > limits::html_tags_max ||
            out_.size() + bytes + end_tags_bytes > limits::html_bytes_max)
            full_ = true;
        else
            tags_ += tags;
        return !full_;
    }

    bool has_depth(std::size_t levels) const { return open_.size() + levels <= limits::html_depth_max; }

    void start_block() {
        if (auto paragraph = find_open("p"); paragraph != open_.end()) close_to(paragraph);
        glued_ = pending_space_ = false;
    }

    void open_block(const GumboNode& node, std::string_view name) {
        if (name == "li" && !start_item()) return separate(GUMBO_TAG_LI);
        start_block();
        if (has_depth(1)) open(name, attributes_of(node), node, true);
    }

    // Ends the item before; false where there is no list for one.
    bool start_item() {
        for (auto it = open_.end(); it != open_.begin();) {
            --it;
            if (it->name == "li") {
                close_to(it);
                return true;
            }
            if (it->name == "ul" || it->name == "ol") return true;
            if (it->name == "blockquote" || it->name == "pre") return false;
        }
        return false;
    }

    void open_heading(const GumboNode& node) {
        start_block();
        if (!has_depth(2)) return;
        open("p", {}, node, true);
        open("strong", {}, node, false);
    }

    void open_inline(const GumboNode& node, std::string_view name) {
        if (!has_depth(1)) return;
        if (name == "a" && (find_open("a") != open_.end() ||
                            !is_safe_link(url_attribute(node, "href"))))
            return;
        write_pending_space();
        open(name, attributes_of(node), node, false);
    }

    void write_break() {
        if (!take_room(1, std::size("<br />"))) return;
        out_ += "<br />";
        glued_ = pending_space_ = after_pre_ = false;
    }

    void write_image(const GumboNode& node) {
        const auto source = url_attribute(node, "src");
        const auto name = text::trim(attribute(node, "alt"));
        const bool is_emoji = attribute(node, "class").find("emoji") != std::string_view::npos;
        if (is_emoji || !is_safe_link(source) || find_open("a") != open_.end() || !has_depth(1))
            return write_text(name);
        write_pending_space();
        const auto attributes = " href=\"" + escape(source) + '"' + std::string(link_attributes);
        open("a", attributes, node, false);
        if (!full_) write_text(name.empty() ? picture_frame : name);
    }

    // Between the contents of two elements that stood apart and are not written.
    void separate(GumboTag tag) {
        if (is_block(tag) && glued_) pending_space_ = true;
    }

    void write_pending_space() {
        if (pending_space_) out_ += ' ';
        pending_space_ = false;
    }

    void write_text(std::string_view text) {
        const auto kept = writable(text);
        if (kept.empty()) return;
        if (text::is_space(kept.front())) pending_space_ = false;
        write_pending_space();
        if (after_pre_ && kept.front() == '\n') out_ += '\n';   // the parser drops the first one
        append_fitting(kept);
        after_pre_ = false;
        glued_ = !text::is_space(kept.back());
    }

    void append_fitting(std::string_view text) {
        const auto whole = escape(text);
        if (take_room(0, whole.size())) {
            out_ += whole;
            return;
        }
        full_ = false;
        while (!full_) {
            const auto character = utf8::truncate(text, 1);
            text.remove_prefix(character.size());
            const auto escaped = escape(character);
            if (take_room(0, escaped.size())) out_ += escaped;
        }
    }

    std::string out_;
    std::vector<Open> open_;
    std::size_t tags_ = 0;
    bool full_ = false;
    bool after_pre_ = false;       // nothing was written since <pre>
    bool glued_ = false;           // text written next would touch the text before
    bool pending_space_ = false;
};

}  // namespace

std::string sanitize(std::string_view html) {
    const Tree tree(html);
    if (tree.root() == nullptr) return {};
    Serializer serializer;
    walk(*tree.root(), serializer);
    return std::move(serializer).finish();
}

}  // namespace kith::html
