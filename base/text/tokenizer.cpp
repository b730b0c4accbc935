#include "base/text/tokenizer.hpp"

#include <unictype.h>

#include <cstddef>

#include "base/text/fold.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace kith::text {
namespace {

enum class Class { separator, mark, spaced, unspaced };

struct Range {
    char32_t first, last;
};
constexpr Range unspaced_scripts[] = {
    {0x0E00, 0x0EFF},    // Thai, Lao
    {0x1000, 0x109F},    // Burmese
    {0x1100, 0x11FF},    // Hangul Jamo
    {0x1780, 0x17FF},    // Khmer
    {0x3005, 0x3007},    // ideographic iteration mark, closing mark, zero
    {0x3040, 0x30FF},    // Hiragana, Katakana
    {0x3100, 0x31FF},    // Bopomofo, Hangul compatibility Jamo, Katakana extensions
    {0x3400, 0x4DBF},    // Han, extension A
    {0x4E00, 0x9FFF},    // Han
    {0xA960, 0xA97F},    // Hangul Jamo, extended
    {0xAC00, 0xD7FF},    // Hangul syllables
    {0xF900, 0xFAFF},    // Han, compatibility
    {0x1B000, 0x1B16F},  // Kana, supplements
    {0x20000, 0x3FFFF},  // Han, extensions B and on
};

Class class_of(char32_t c) {
    if (c < 0x80) {
        const bool word =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return word ? Class::spaced : Class::separator;
    }
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M)) return Class::mark;
    if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
        return Class::separator;
    }
    for (const Range& range : unspaced_scripts) {
        if (c >= range.first && c <= range.last) return Class::unspaced;
    }
    return Class::spaced;
}

enum class Purpose { store, query };

// The tokens of one run of an unspaced script.
void add_pairs(std::string_view run, Purpose purpose, std::vector<std::string>& tokens) {
    const bool singles = purpose == Purpose::store || utf8::decode(run).bytes == run.size();
    while (!run.empty()) {
        const auto first = utf8::decode(run).bytes;
        const auto second = utf8::decode(run.substr(first)).bytes;
        if (singles) tokens.emplace_back(run.substr(0, first));
        if (second > 0) tokens.emplace_back(run.substr(0, first + second));
        run.remove_prefix(first);
    }
}

std::vector<std::string> tokens_of(std::string_view text, Purpose purpose) {
    const std::string folded = fold_accents(text);
    std::vector<std::string> tokens;
    std::size_t begin = 0;
    Class run = Class::separator;
    const auto finish = [&](std::size_t end) {
        const auto found = std::string_view(folded).substr(begin, end - begin);
        if (run == Class::spaced) {
            tokens.emplace_back(utf8::truncate(found, limits::search_token_chars_max));
        } else if (run == Class::unspaced) {
            add_pairs(found, purpose, tokens);
        }
    };
    for (std::size_t at = 0; at < folded.size();) {
        const auto next = utf8::decode(std::string_view(folded).substr(at));
        const Class now = class_of(next.code_point);
        // A mark belongs to what it stands on, an emoji too.
        if (now != run && now != Class::mark) {
            finish(at);
            begin = at;
            run = now;
        }
        at += next.bytes;
    }
    finish(folded.size());
    return tokens;
}

}  // namespace

std::vector<std::string> search_tokens(std::string_view text) {
    return tokens_of(text, Purpose::store);
}

std::vector<std::string> query_tokens(std::string_view query) {
    return tokens_of(query, Purpose::query);
}

}  // namespace kith::text
