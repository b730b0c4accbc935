#pragma once
#include <string_view>

namespace kith::html {

enum class Kind {
    unknown,     // leaves its content
    hidden,      // nothing is shown of it
    hidden_raw,  // the same; its content is no markup up to its own end tag
    line_break,
    image,
    heading,
    kept_inline,  // written as an element
    kept_block,
    plain_block,  // stands on lines of its own, leaves its content
};

// What stands before and after an element where it is read as text.
enum class Gap { none, space, line, empty_line };

struct Element {
    std::string_view name;  // lower case
    Kind kind;
    std::string_view written;  // the name under which it is written; empty where it is not
    Gap gap;
};

// By its lower-case name; an element of Kind::unknown for those that are not known.
const Element& find_element(std::string_view name);

inline bool is_block(const Element& element) {
    return element.kind == Kind::kept_block || element.kind == Kind::plain_block ||
           element.kind == Kind::heading;
}

}  // namespace kith::html
