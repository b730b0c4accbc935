#include "base/json/scan.hpp"

#include <array>
#include <cstddef>
#include <string>

#include "config/limits/base.hpp"

namespace kith::json {
namespace {

Failure refuse(const char* why, std::size_t at) {
    return fail(Code::invalid, "invalid JSON", std::string(why) + " at byte " + std::to_string(at));
}

// The four hex digits at `at`, or -1; what is not hex is left to the parser to refuse.
int hex4(std::string_view text, std::size_t at) {
    if (text.size() < at + 4) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const char c = text[i];
        int digit;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        else
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

// From the backslash at `at` to the byte after the escape.
Result<std::size_t> after_escape(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size() || text[at + 1] != 'u') return at + 2;
    const int unit = hex4(text, at + 2);
    if (unit < 0) return at + 2;
    if (unit == 0) return refuse("U+0000 in a string", at);
    if (unit < 0xD800 || unit > 0xDFFF) return at + 6;
    const bool pair = unit <= 0xDBFF && text.substr(at + 6, 2) == "\\u";
    const int low = pair ? hex4(text, at + 8) : -1;
    if (low < 0xDC00 || low > 0xDFFF) return refuse("an unpaired surrogate", at);
    return at + 12;
}

// The bytes in a string that need a look; one table look-up a byte is what the scan costs.
constexpr auto notable = [] {
    std::array<bool, 256> table{};
    table['"'] = table['\\'] = table['\0'] = true;
    return table;
}();

// From the byte after the opening quote to the byte after the closing one, or the end of the text.
Result<std::size_t> after_string(std::string_view text, std::size_t at) {
    for (;;) {
        while (at < text.size() && !notable[static_cast<unsigned char>(text[at])]) ++at;
        if (at >= text.size() || text[at] == '"') return at + 1;
        if (text[at] == '\0') return refuse("the byte NUL", at);
        at = TRY(after_escape(text, at));
    }
}

}  // namespace

Result<> scan(std::string_view text) {
    int depth = 0;
    std::size_t members = 0;
    for (std::size_t at = 0; at < text.size();) {
        switch (text[at++]) {
            case '"':
                at = TRY(after_string(text, at));
                break;
            case '[':
            case '{':
                if (++depth > limits::json_depth_max) return refuse("nested too deeply", at - 1);
                break;
            case ']':
            case '}':
                --depth;
                break;
            case ':':
                if (++members > limits::json_members_max) return refuse("too many members", at - 1);
                break;
            case '\0':
                return refuse("the byte NUL", at - 1);
            default:
                break;
        }
    }
    return {};
}

}  // namespace kith::json
