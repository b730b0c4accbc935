#include "base/text/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace kith::utf8 {
namespace {

// Bytes at the beginning that are ASCII, eight at a time.
std::size_t ascii_prefix(std::string_view text) {
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (at < text.size() && !(text[at] & 0x80)) ++at;
    return at;
}

// What a lead byte promises: the length, and the range of the byte after it, which is where
// overlong forms, surrogates and code points over U+10FFFF show (Unicode table 3-7).
struct Lead {
    std::size_t bytes;
    unsigned char second_min, second_max;
};

Lead lead_of(unsigned char c) {
    if (c >= 0xC2 && c <= 0xDF) return {2, 0x80, 0xBF};
    if (c == 0xE0) return {3, 0xA0, 0xBF};
    if (c == 0xED) return {3, 0x80, 0x9F};
    if (c >= 0xE1 && c <= 0xEF) return {3, 0x80, 0xBF};
    if (c == 0xF0) return {4, 0x90, 0xBF};
    if (c >= 0xF1 && c <= 0xF3) return {4, 0x80, 0xBF};
    if (c == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

}  // namespace

Decoded decode(std::string_view text) {
    if (text.empty()) return {};
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x80) return {first, 1, true};
    const Lead lead = lead_of(first);
    if (lead.bytes == 0) return {0xFFFD, 1, false};
    char32_t code_point = first & (0xFFu >> (lead.bytes + 1));
    for (std::size_t i = 1; i < lead.bytes; ++i) {
        if (i >= text.size()) return {0xFFFD, i, false};
        const auto c = static_cast<unsigned char>(text[i]);
        const unsigned char min = i == 1 ? lead.second_min : 0x80;
        const unsigned char max = i == 1 ? lead.second_max : 0xBF;
        if (c < min || c > max) return {0xFFFD, i, false};
        code_point = (code_point << 6) | (c & 0x3Fu);
    }
    return {code_point, lead.bytes, true};
}

void append(std::string& to, char32_t c) {
    const auto tail = [&](int shift) { to += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80) {
        to += static_cast<char>(c);
    } else if (c < 0x800) {
        to += static_cast<char>(0xC0 | (c >> 6));
        tail(0);
    } else if (c < 0x10000) {
        if (c >= 0xD800 && c <= 0xDFFF) return;
        to += static_cast<char>(0xE0 | (c >> 12));
        tail(6), tail(0);
    } else if (c <= 0x10FFFF) {
        to += static_cast<char>(0xF0 | (c >> 18));
        tail(12), tail(6), tail(0);
    }
}

bool valid(std::string_view text) {
    for (;;) {
        text.remove_prefix(ascii_prefix(text));
        if (text.empty()) return true;
        const Decoded d = decode(text);
        if (!d.valid) return false;
        text.remove_prefix(d.bytes);
    }
}

std::string to_valid(std::string_view text) {
    if (valid(text)) return std::string(text);
    std::string out;
    out.reserve(text.size() + 16);
    while (!text.empty()) {
        const Decoded d = decode(text);
        out += d.valid ? text.substr(0, d.bytes) : replacement;
        text.remove_prefix(d.bytes);
    }
    return out;
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(decode(text).bytes);
    return count;
}

std::string_view truncate(std::string_view text, std::size_t code_points_max) {
    std::size_t end = 0;
    for (; code_points_max > 0 && end < text.size(); --code_points_max) {
        end += decode(text.substr(end)).bytes;
    }
    return text.substr(0, end);
}

std::string_view truncate_bytes(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    // A sequence has at most three continuation bytes; more than that is not UTF-8 to be kept
    // whole.
    std::size_t end = bytes_max;
    for (int i = 0; i < 3 && end > 0 && (text[end] & 0xC0) == 0x80; ++i) --end;
    if ((text[end] & 0xC0) == 0x80) end = bytes_max;
    return text.substr(0, end);
}

}  // namespace kith::utf8
