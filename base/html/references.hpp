#pragma once
#include <string>
#include <string_view>

namespace kith::html {

// Text with its character references resolved (HTML 13.2.5.72 to 80): numbers in decimal and hex,
// and the named ones of HTML 4 with `apos`. Named ones need their semicolon; what is no known
// reference stays as it is.
std::string decode_references(std::string_view text);

}  // namespace kith::html
