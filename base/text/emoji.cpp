#include "base/text/emoji.hpp"

#include <unictype.h>

#include <algorithm>
#include <vector>

#include "base/text/utf8.hpp"

namespace kith::text {
namespace {

constexpr std::size_t emoji_bytes_max = 64;  // the longest in Unicode 15 has 35
constexpr std::size_t shortcode_bytes_max = 64;
constexpr char32_t joiner = 0x200d, text_style = 0xfe0e, emoji_style = 0xfe0f, keycap = 0x20e3;

bool is_regional(char32_t c) { return c >= 0x1f1e6 && c <= 0x1f1ff; }

// Skin, style, the letters of a region's flag: what belongs to the emoji before it.
bool is_modifier(char32_t c) {
    return c == text_style || c == emoji_style || (c >= 0x1f3fb && c <= 0x1f3ff) ||
           (c >= 0xe0020 && c <= 0xe007f);
}

// Digits, # and * are emoji to Unicode too, but begin nothing but keycaps.
bool is_base(char32_t c) {
    return c > 0x7f && (uc_is_property_emoji(c) || uc_is_property_extended_pictographic(c));
}

std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> out;
    while (!text.empty()) {
        const auto next = utf8::decode(text);
        if (!next.valid) return {};
        out.push_back(next.code_point);
        text.remove_prefix(next.bytes);
    }
    return out;
}

bool is_keycap(const std::vector<char32_t>& all) {
    const bool begins = (all[0] >= '0' && all[0] <= '9') || all[0] == '#' || all[0] == '*';
    return begins && (all.size() == 2 || (all.size() == 3 && all[1] == emoji_style)) &&
           all.back() == keycap;
}

// Pictures, each with its modifiers, held together by joiners (Unicode Technical Standard
// 51, 1.4.9).
bool is_sequence(const std::vector<char32_t>& all) {
    if (is_regional(all[0])) return all.size() == 2 && is_regional(all[1]);
    bool wants_base = true;
    for (char32_t c : all) {
        if (wants_base) {
            if (!is_base(c)) return false;
            wants_base = false;
        } else if (c == joiner) {
            wants_base = true;
        } else if (!is_modifier(c)) {
            return false;
        }
    }
    return !wants_base;
}

}  // namespace

std::string one_emoji(std::string_view text) {
    if (text.empty() || text.size() > emoji_bytes_max) return {};
    const auto all = code_points(text);
    if (all.empty() || !(is_keycap(all) || is_sequence(all))) return {};
    const bool single = all.size() == 1 || (all.size() == 2 && all[1] == emoji_style);
    if (!single) return std::string(text);
    std::string out;
    utf8::append(out, all[0]);
    if (!uc_is_property_emoji_presentation(all[0])) utf8::append(out, emoji_style);
    return out;
}

std::string shortcode_of(std::string_view text) {
    if (text.size() > 2 && text.front() == ':' && text.back() == ':')
        text = text.substr(1, text.size() - 2);
    text = text.substr(0, text.find('@'));
    const bool is_one = !text.empty() && text.size() <= shortcode_bytes_max &&
                        std::ranges::all_of(text, [](char c) {
                            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                   (c >= '0' && c <= '9') || c == '_' || c == '-';
                        });
    return is_one ? std::string(text) : std::string();
}

}  // namespace kith::text
