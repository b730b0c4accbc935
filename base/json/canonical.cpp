#include "base/json/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace kith::json {
namespace {

// RFC 8785 3.2.2.2: the short escapes, other controls as lower-case \u00xx, all else as it is.
void write_string(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                if (const auto byte = static_cast<unsigned char>(c); byte < 0x20)
                    (((out += "\\u00") += hex[byte >> 4]) += hex[byte & 15]);
                else
                    out += c;
        }
    }
    out += '"';
}

// UTF-16 orders as UTF-8 does, but for U+E000 to U+FFFF (lead bytes EE and EF), which come after
// what needs surrogates (F0 and up).
int utf16_weight(char c) {
    const int byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
}

bool before_in_utf16(std::string_view a, std::string_view b) {
    return std::lexicographical_compare(
        a.begin(), a.end(), b.begin(), b.end(),
        [](char x, char y) { return utf16_weight(x) < utf16_weight(y); });
}

using Members = std::vector<std::pair<std::string_view, View>>;

Members members_of(View object, std::span<const Instead> changes) {
    Members members;
    for (std::size_t i = 0; i < object.member_count(); ++i) {
        const auto name = object.member_name(i);
        const auto is_changed = [&](const Instead& change) { return change.name == name; };
        if (std::none_of(changes.begin(), changes.end(), is_changed))
            members.emplace_back(name, object.member(i));
    }
    for (const auto& change : changes)
        if (!change.value.is_absent()) members.emplace_back(change.name, change.value);
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return before_in_utf16(a.first, b.first); });
    return members;
}

void write(std::string& out, View value);

void write_members(std::string& out, const Members& members) {
    char separator = '{';
    for (const auto& [name, value] : members) {
        out += std::exchange(separator, ',');
        write_string(out, name);
        out += ':';
        write(out, value);
    }
    out += members.empty() ? "{}" : "}";
}

void write_elements(std::string& out, View array) {
    char separator = '[';
    for (const View element : array) {
        out += std::exchange(separator, ',');
        write(out, element);
    }
    out += array.size() == 0 ? "[]" : "]";
}

// Recursion is bounded by limits::json_depth_max.
void write(std::string& out, View value) {
    switch (value.kind()) {
        case Kind::absent:
        case Kind::null:
            out += "null";
            break;
        case Kind::boolean:
            out += value.maybe_boolean().value_or(false) ? "true" : "false";
            break;
        case Kind::number:
            out += canonical_number(value.maybe_number().value_or(0));
            break;
        case Kind::string:
            write_string(out, value.string_or(""));
            break;
        case Kind::array:
            write_elements(out, value);
            break;
        case Kind::object:
            write_members(out, members_of(value, {}));
            break;
    }
}

// The shortest digits that read back as the same double, and where the point stands: the value is
// 0.digits × 10^point.
struct Decimal {
    std::string digits;
    int point = 0;
};

Decimal decimal_of(double positive) {
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), positive,
                                   std::chars_format::scientific)
                         .ptr;
    const std::string_view text(buffer.data(), std::size_t(end - buffer.data()));
    const auto e = text.find('e');
    Decimal out;
    out.digits = text.substr(0, 1);
    if (e > 2) out.digits += text.substr(2, e - 2);
    const auto exponent = text.substr(e + 1 + (text[e + 1] == '+' ? 1 : 0));
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), out.point);
    ++out.point;
    return out;
}

}  // namespace

// ECMA-262 Number::toString, steps 6 to 10; k and n are the names used there.
std::string canonical_number(double number) {
    if (number == 0 || !std::isfinite(number)) return "0";
    const auto [digits, n] = decimal_of(std::fabs(number));
    const int k = int(digits.size());
    std::string out = number < 0 ? "-" : "";
    if (k <= n && n <= 21) {
        out += digits + std::string(std::size_t(n - k), '0');
    } else if (0 < n && n <= 21) {
        out += digits.substr(0, std::size_t(n)) + '.' + digits.substr(std::size_t(n));
    } else if (-6 < n && n <= 0) {
        out += "0." + std::string(std::size_t(-n), '0') + digits;
    } else {
        out += digits.substr(0, 1);
        if (k > 1) out += '.' + digits.substr(1);
        out += n > 0 ? "e+" : "e-";
        out += std::to_string(std::abs(n - 1));
    }
    return out;
}

std::string canonical(View value) {
    std::string out;
    write(out, value);
    return out;
}

std::string canonical(View object, std::span<const Instead> changes) {
    std::string out;
    write_members(out, members_of(object, changes));
    return out;
}

}  // namespace kith::json
