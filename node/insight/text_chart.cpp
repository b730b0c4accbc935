#include "node/insight/text_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace kith::insight {
namespace {

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

// The bytes of the control or direction character that `text` begins with; 0 if it is none.
std::size_t control_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7f) return 1;
    if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0) return 2;  // C1
    if (byte(0) != 0xe2) return 0;
    const bool embeds = byte(1) == 0x80 && byte(2) >= 0xaa && byte(2) <= 0xae;    // U+202A..202E
    const bool isolates = byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;  // U+2066..2069
    return embeds || isolates ? 3 : 0;
}

// With one decimal where it is not whole.
std::string decimal(double value) {
    char text[32];
    const bool whole = std::abs(value - std::round(value)) < 0.05;
    std::snprintf(text, sizeof text, whole ? "%.0f" : "%.1f", value);
    return text;
}

}  // namespace

std::string plain(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t control = control_bytes(text);
        if (control > 0)
            out += '?';
        else
            out += text.front();
        text.remove_prefix(std::max<std::size_t>(control, 1));
    }
    return out;
}

std::string pad(std::string_view text, std::size_t width) {
    const auto length = std::size_t(std::count_if(text.begin(), text.end(), starts_character));
    std::string out(text);
    if (length < width) out.append(width - length, ' ');
    return out;
}

std::string bar(double value, double most, std::size_t width) {
    static constexpr std::array<std::string_view, 8> parts = {"",  "▏", "▎", "▍",
                                                              "▌", "▋", "▊", "▉"};
    if (!(value > 0) || !(most > 0)) return {};
    const double share = std::min(value / most, 1.0);
    const auto eighths =
        std::max<std::size_t>(1, std::size_t(std::llround(share * double(width) * 8)));
    std::string out;
    for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
    out += parts[eighths % 8];
    return out;
}

std::string percent(double share) { return std::to_string(std::llround(share * 100)) + " %"; }

std::string duration(TimeMs time_ms) {
    if (time_ms < hour_ms) return std::to_string(time_ms / minute_ms) + " min";
    if (time_ms < 2 * day_ms) return decimal(double(time_ms) / double(hour_ms)) + " h";
    return decimal(double(time_ms) / double(day_ms)) + " days";
}

std::string trim_line_ends(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') out.erase(out.find_last_not_of(' ') + 1);
        out += c;
    }
    return out;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace kith::insight
