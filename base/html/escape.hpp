#pragma once
#include <string>
#include <string_view>

namespace kith::html {

// Text for an HTML text node or a quoted attribute value: & < > " ' become character references.
// The one escaper of the house.
std::string escape(std::string_view text);

// The same, appended: for writers of longer texts.
void append_escaped(std::string& out, std::string_view text);

}  // namespace kith::html
