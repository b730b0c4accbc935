#include "base/html/to_text.hpp"

#include <algorithm>
#include <utility>

#include "base/html/reader.hpp"
#include "base/text/strings.hpp"

namespace kith::html {
namespace {

constexpr int empty_line = 2;  // line ends in a row

class TextWriter {
public:
    void write(const Token& token) {
        if (token.kind == Token::Kind::text) return write(token.text);
        const bool opens = token.kind == Token::Kind::start_tag;
        separate(token.element->gap);
        if (token.element->name == "pre")
            preformatted_ = std::max(preformatted_ + (opens ? 1 : -1), 0);
        if (token.element->kind == Kind::line_break)
            line_ends_ = std::min(line_ends_ + 1, empty_line);
        if (token.element->kind == Kind::image && opens) write(token.attribute("alt"));
    }

    std::string finish() && { return std::move(out_); }

private:
    void separate(Gap gap) {
        if (gap == Gap::space) space_ = true;
        if (gap == Gap::line) line_ends_ = std::max(line_ends_, 1);
        if (gap == Gap::empty_line) line_ends_ = std::max(line_ends_, empty_line);
    }

    void write(std::string_view text) {
        const auto shown = writable(text);
        for (char c : shown) {
            if (preformatted_ > 0 && c == '\n')
                ++line_ends_;
            else if (preformatted_ == 0 && text::is_space(c))
                space_ = true;
            else
                write_character(c);
        }
    }

    // White space is written when something follows it: none at the ends, none before a line end.
    void write_character(char c) {
        if (!out_.empty()) {
            if (line_ends_ > 0)
                out_.append(static_cast<std::size_t>(line_ends_), '\n');
            else if (space_)
                out_ += ' ';
        }
        line_ends_ = 0;
        space_ = false;
        out_ += c;
    }

    std::string out_;
    int line_ends_ = 0;  // to be written before the next character
    bool space_ = false;
    int preformatted_ = 0;  // open <pre> elements
};

}  // namespace

std::string to_text(std::string_view html) {
    Reader reader(html);
    TextWriter writer;
    for (Token token; reader.next(token);) writer.write(token);
    return std::move(writer).finish();
}

}  // namespace kith::html
