#include "base/html/to_text.hpp"

#include <algorithm>

#include "base/html/tree.hpp"
#include "base/text/strings.hpp"

namespace kith::html {
namespace {

constexpr int empty_line = 2;   // line ends in a row

class TextWriter {
public:
    bool enter(const GumboNode& node) {
        if (is_text(node)) write(node.v.text.text);
        if (!is_element(node) || is_hidden(node)) return false;
        const auto tag = node.v.element.tag;
        if (tag == GUMBO_TAG_BR) line_ends_ = std::min(line_ends_ + 1, empty_line);
        if (tag == GUMBO_TAG_IMG) write(attribute(node, "alt"));
        if (tag == GUMBO_TAG_PRE) ++preformatted_;
        separate(tag);
        return true;
    }

    void leave(const GumboNode& node) {
        if (node.v.element.tag == GUMBO_TAG_PRE) --preformatted_;
        separate(node.v.element.tag);
    }

    std::string finish() && { return std::move(out_); }

private:
    void separate(GumboTag tag) {
        if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) space_ = true;
        else if (is_block(tag)) line_ends_ = std::max(line_ends_, stands_alone(tag) ? empty_line : 1);
    }

    static bool stands_alone(GumboTag tag) {
        switch (tag) {
            case GUMBO_TAG_P: case GUMBO_TAG_PRE: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_H1:
            case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5:
            case GUMBO_TAG_H6:
                return true;
            default:
                return false;
        }
    }

    void write(std::string_view text) {
        for (char c : text) {
            if (preformatted_ > 0 && c == '\n') ++line_ends_;
            else if (preformatted_ == 0 && text::is_space(c)) space_ = true;
            else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') write_character(c);
        }
    }

    // White space is written when something follows it: none at the ends, none before a line end.
    void write_character(char c) {
        if (!out_.empty()) {
            if (line_ends_ > 0) out_.append(static_cast<std::size_t>(line_ends_), '\n');
            else if (space_) out_ += ' ';
        }
        line_ends_ = 0;
        space_ = false;
        out_ += c;
    }

    std::string out_;
    int line_ends_ = 0;      // to be written before the next character
    bool space_ = false;
    int preformatted_ = 0;   // open <pre> elements
};

}  // namespace

std::string to_text(std::string_view html) {
    const Tree tree(html);
    if (tree.root() == nullptr) return {};
    TextWriter writer;
    walk(*tree.root(), writer);
    return std::move(writer).finish();
}

}  // namespace kith::html
