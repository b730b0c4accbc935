#include "base/text/strings.hpp"

#include <algorithm>

namespace kith::text {
namespace {

bool is_unreserved(char c) {  // RFC 3986 2.3
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = to_lower_ascii(c);
    return lower;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

bool iequals(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return to_lower_ascii(x) == to_lower_ascii(y);
           });
}

bool starts_with_i(std::string_view text, std::string_view beginning) {
    return iequals(text.substr(0, beginning.size()), beginning);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

bool is_language_tag(std::string_view tag) {
    constexpr std::size_t tag_bytes_max = 35, subtag_bytes_max = 8;
    if (tag.size() > tag_bytes_max) return false;
    const auto parts = split(tag, '-');
    const auto primary = parts.front();
    if (primary.size() < 2 || primary.size() > 3 || !std::all_of(primary.begin(), primary.end(), is_alpha)) return false;
    return std::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
        return !part.empty() && part.size() <= subtag_bytes_max &&
               std::all_of(part.begin(), part.end(), [](char c) { return is_alpha(c) || is_digit(c); });
    });
}

std::string percent_encode(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        if (text.size() - at < 3) return std::nullopt;
        const int high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
        at += 2;
    }
    return out;
}

}  // namespace kith::text
