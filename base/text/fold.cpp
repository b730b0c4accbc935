#include "base/text/fold.hpp"

#include <unicase.h>
#include <uninorm.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace kith::text {
namespace {

const std::uint8_t* bytes_of(const std::string& text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

// What libunistring allocates. It fails for invalid UTF-8, which it never gets here, and without
// memory.
std::string taken(std::uint8_t* result, std::size_t bytes) {
    const std::unique_ptr<std::uint8_t, void (*)(void*)> owned(result, std::free);
    if (!result) throw std::bad_alloc();
    return {reinterpret_cast<const char*>(result), bytes};
}

bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c & 0x80; });
}

std::string normalize(uninorm_t form, const std::string& valid) {
    std::size_t bytes = 0;
    std::uint8_t* result = u8_normalize(form, bytes_of(valid), valid.size(), nullptr, &bytes);
    return taken(result, bytes);
}

std::string casefold(uninorm_t form, const std::string& valid) {
    std::size_t bytes = 0;
    std::uint8_t* result =
        u8_casefold(bytes_of(valid), valid.size(), nullptr, form, nullptr, &bytes);
    return taken(result, bytes);
}

}  // namespace

std::string nfc(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    return normalize(UNINORM_NFC, utf8::to_valid(text));
}

std::string fold(std::string_view text) {
    if (is_ascii(text)) return to_lower_ascii(text);
    // Folding twice: NFKC may bring up a letter that has a fold (U+2121 TELEPHONE SIGN → "TEL").
    return casefold(UNINORM_NFKC, casefold(UNINORM_NFKC, utf8::to_valid(text)));
}

std::string fold_accents(std::string_view text) {
    if (is_ascii(text)) return to_lower_ascii(text);
    const std::string apart = normalize(UNINORM_NFD, fold(text));
    std::string kept;
    bool after_latin = false;  // the base is an ASCII letter once it stands apart
    for (std::string_view rest = apart; !rest.empty();) {
        const auto next = utf8::decode(rest);
        const bool accent = next.code_point >= 0x0300 && next.code_point <= 0x036F;
        if (!accent) after_latin = next.bytes == 1 && is_alpha(rest[0]);
        if (!accent || !after_latin) kept += rest.substr(0, next.bytes);
        rest.remove_prefix(next.bytes);
    }
    return nfc(kept);
}

}  // namespace kith::text
