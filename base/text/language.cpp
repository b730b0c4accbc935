#include "base/text/language.hpp"

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/language.hpp"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace kith::text {

namespace {

// Words that say nothing about the language of those around them.
bool is_no_word(std::string_view word) {
    return word.front() == '@' || word.front() == '#' || word.front() == ':' ||
           word.find("://") != word.npos;
}

std::string words_of(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !is_space(text[end])) ++end;
        const auto word = text.substr(at, end - at);
        if (!word.empty() && !is_no_word(word)) out.append(word) += ' ';
        at = end + 1;
    }
    return out;
}

// cld2 has some older names, and private ones for scripts of no certain language.
std::string tag_of(CLD2::Language language) {
    const std::string_view code = CLD2::LanguageCode(language);
    if (code == "iw") return "he";
    if (code == "jw") return "jv";
    if (code.starts_with("xx") || code.starts_with("zz") || code == "un" || code == "tlh") return "";
    return std::string(code);
}

}  // namespace

std::string language_of(std::string_view text) {
    const auto words = words_of(utf8::truncate_bytes(text, limits::language_text_bytes_max));
    const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language found[3] = {};
    int percent[3] = {}, letter_bytes = 0, valid_bytes = 0;
    double scores[3] = {};
    bool reliable = false;
    CLD2::ExtDetectLanguageSummaryCheckUTF8(words.data(), int(words.size()), true, &no_hints, 0, found, percent, scores,
                                            nullptr, &letter_bytes, &reliable, &valid_bytes);
    const bool sure = reliable && letter_bytes >= limits::language_letter_bytes_min &&
                      percent[0] >= limits::language_percent_min;
    return sure ? tag_of(found[0]) : "";
}

}  // namespace kith::text
