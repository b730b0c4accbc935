#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/html/elements.hpp"

namespace kith::html {

struct Token {
    enum class Kind { text, start_tag, end_tag };
    Kind kind = Kind::text;
    std::string text;                                             // of a text, references resolved
    const Element* element = nullptr;                             // of a tag
    std::vector<std::pair<std::string, std::string>> attributes;  // lower-case names, each once

    // The value of an attribute; empty where there is none.
    std::string_view attribute(std::string_view name) const;
};

// Cuts HTML into tokens by the rules of HTML 13.2.5 (tokenization), as far as they concern what is
// shown: comments, doctypes and hidden elements with their content are passed over. Takes any
// bytes; time and memory grow with the input and nothing else. Text beyond limits::html_bytes_max
// is cut off.
class Reader {
public:
    explicit Reader(std::string_view html);

    // The next token; false at the end.
    bool next(Token&);

private:
    bool at_markup(std::size_t at) const;
    void take_text(Token&);
    bool take_tag(Token&);
    bool take_attribute(Token&);
    std::string_view take_value();
    void skip_declaration();
    void skip_raw(std::string_view name);
    bool is_shown(const Token&);

    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }

    std::string source_;  // without NUL and other controls
    std::size_t at_ = 0;
    bool self_closing_ = false;           // of the tag last taken
    const Element* hidden_in_ = nullptr;  // the outermost hidden element that is open
    std::size_t hidden_depth_ = 0;        // how many of its name are open
};

// Without control characters other than tab and line end, and without code points that are no
// characters (U+FDD0, U+FFFF …): HTML has no way to write them. CR becomes a line end.
std::string writable(std::string_view text);

}  // namespace kith::html
