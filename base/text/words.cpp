#include "base/text/words.hpp"

#include <unictype.h>

#include "base/text/utf8.hpp"

namespace kith::text {

namespace {

char32_t first_of(std::string_view text) { return utf8::decode(text).code_point; }

char32_t last_of(std::string_view text) {
    auto start = text.size();
    while (start > 0 && (static_cast<unsigned char>(text[start - 1]) & 0xC0) == 0x80) --start;
    return start == 0 ? 0 : first_of(text.substr(start - 1));
}

}  // namespace

bool is_word_character(char32_t c) {
    return c == '_' ||
           uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N);
}

bool contains_words(std::string_view text, std::string_view words) {
    if (words.empty()) return false;
    const bool starts = is_word_character(first_of(words)), ends = is_word_character(last_of(words));
    for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1)) {
        const auto before = text.substr(0, at), after = text.substr(at + words.size());
        const bool joined = (starts && !before.empty() && is_word_character(last_of(before))) ||
                            (ends && !after.empty() && is_word_character(first_of(after)));
        if (!joined) return true;
    }
    return false;
}

}  // namespace kith::text
