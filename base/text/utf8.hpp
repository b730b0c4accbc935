#pragma once
#include <cstddef>
#include <string>
#include <string_view>

// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
namespace kith::utf8 {

inline constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// What stands at the beginning of a text.
struct Decoded {
    char32_t code_point = 0;
    std::size_t bytes = 0;  // consumed; 0 only at the end of the text
    bool valid = false;     // else `bytes` is the ill-formed part that one U+FFFD replaces
};

// The first code point. An ill-formed sequence consumes its longest well-formed beginning, at least
// one byte (Unicode 3.9, "substitution of maximal subparts", what browsers do).
Decoded decode(std::string_view text);

// Nothing is appended for what is not a Unicode scalar value.
void append(std::string& to, char32_t code_point);

bool valid(std::string_view text);

// The same text with every ill-formed part replaced by U+FFFD.
std::string to_valid(std::string_view text);

// The number of code points; an ill-formed part counts as one.
std::size_t length(std::string_view text);

// The longest beginning of at most so many code points; never cuts inside one.
std::string_view truncate(std::string_view text, std::size_t code_points_max);

// The longest beginning of at most so many bytes that does not cut a code point.
std::string_view truncate_bytes(std::string_view text, std::size_t bytes_max);

}  // namespace kith::utf8
