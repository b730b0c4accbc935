#pragma once
#include <string>
#include <string_view>

namespace kith::repo {

// For LIKE … ESCAPE '\': whatever holds these words; "" for none.
inline std::string like_pattern(std::string_view words) {
    if (words.empty()) return {};
    std::string pattern = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace kith::repo
