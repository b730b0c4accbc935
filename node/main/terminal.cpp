#include "node/main/terminal.hpp"

#include "base/text/utf8.hpp"

namespace kith {

namespace {

// C0 and DEL of ASCII, C1 of ISO 6429.
bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

}  // namespace

std::string for_terminal(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto first = utf8::decode(text);
        const bool ends_line = text.starts_with('\n') || text.starts_with("\r\n");
        const bool shown = first.valid && (ends_line || first.code_point == '\t' || !is_control(first.code_point));
        out += shown ? text.substr(0, first.bytes) : utf8::replacement;
        text.remove_prefix(first.bytes);
    }
    return out;
}

}  // namespace kith
