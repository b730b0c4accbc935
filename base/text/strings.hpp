#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Text by bytes. What is "ASCII" here leaves every other byte as it is, whatever the locale.
namespace kith::text {

constexpr char to_lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) {
    const char lower = to_lower_ascii(c);
    return lower >= 'a' && lower <= 'z';
}
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
// The value of a hex digit, else -1.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char lower = to_lower_ascii(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string to_lower_ascii(std::string_view text);

// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);

// Equal but for the case of ASCII letters.
bool iequals(std::string_view a, std::string_view b);
bool starts_with_i(std::string_view text, std::string_view beginning);

// The parts between separators: always one more than there are separators, empty ones included.
std::vector<std::string_view> split(std::string_view text, char separator);

// All of them as text, with the separator between.
template <class Strings>
std::string join(const Strings& parts, std::string_view separator) {
    std::string out;
    bool first = true;
    for (const auto& part : parts) {
        if (!first) out += separator;
        first = false;
        out += part;
    }
    return out;
}

// Whether it has the form of a language tag: "de", "gsw", "zh-TW" (RFC 5646 2.1: a primary language of two
// or three letters, then subtags of at most eight letters and digits).
bool is_language_tag(std::string_view text);

// Every byte but RFC 3986's unreserved ones as %XX: safe as a path segment and in a query.
std::string percent_encode(std::string_view text);

// Every %XX as its byte; nothing where a % has no two hex digits after it. '+' stays '+'.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace kith::text
