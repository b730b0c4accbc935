#pragma once
#include <string>
#include <string_view>

#include "base/html/reader.hpp"

namespace kith::html {

// What is kept of a start tag's attributes, written: class, and what belongs to a link, a list, an
// item; each with a space before it.
std::string kept_attributes(const Token& start_tag);

// A URL-valued attribute, without white space around it and without unwritable characters.
std::string url_attribute(const Token& start_tag, std::string_view name);

}  // namespace kith::html
