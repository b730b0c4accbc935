#include "node/http/fields.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace kith::http {

bool is_token(std::string_view value) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
        return text::is_digit(c) || text::is_alpha(c) || marks.find(c) != marks.npos;
    });
}

bool is_field_value(std::string_view value) {
    return std::none_of(value.begin(), value.end(), [](unsigned char c) {
        return (c < 0x20 && c != '\t') || c == 0x7f;
    });
}

std::string_view next_in_list(std::string_view& rest) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto element = text::trim(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    return element;
}

bool list_contains(std::string_view list, std::string_view word) {
    while (!list.empty())
        if (text::iequals(next_in_list(list), word)) return true;
    return false;
}

std::optional<std::string> decode_form_text(std::string_view value) {
    std::string spaced(value);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return text::percent_decode(spaced);
}

bool is_clean_text(std::string_view value) {
    return value.find('\0') == value.npos && utf8::valid(value);
}

}  // namespace kith::http
