#pragma once
#include <string>
#include <string_view>

namespace kith::links {

// A text in this charset as UTF-8; what the charset does not have becomes U+FFFD. A charset that nobody
// knows is read as UTF-8.
std::string to_utf8(std::string_view text, std::string_view charset);

}  // namespace kith::links
