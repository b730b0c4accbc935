#pragma once
#include <string>
#include <string_view>

namespace kith::html {

// What a reader sees of HTML, as plain text: for titles, search, notifications. Paragraphs are
// separated by an empty line, items and <br> by a line end; white space is collapsed outside <pre>;
// images give their alternative text; hidden elements nothing. No line end at either end. Not
// escaped: escape() it before it stands in HTML again. Bounds: html/tree.hpp.
std::string to_text(std::string_view html);

}  // namespace kith::html
