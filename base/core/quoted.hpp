#pragma once
#include <string>
#include <string_view>

namespace kith {

// Appends the text in double quotes, with escapes as JSON and TOML read them: no byte of it ends the quote or the line,
// whoever chose the text. Bytes from 0x80 up stay as they are.
void append_quoted(std::string& out, std::string_view text);

}  // namespace kith
