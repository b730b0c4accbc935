#pragma once
#include <string>
#include <string_view>

// Unicode forms. Invalid UTF-8 becomes U+FFFD first.
namespace kith::text {

// Normalisation form C: the form in which text is stored.
std::string nfc(std::string_view text);

// The form in which hashtags, search words and filters are compared: full case folding and NFKC, so
// that "Straße" = "STRASSE", "ＡＢＣ" = "abc", "ｶﾞ" = "ガ". Not for display.
std::string fold(std::string_view text);

// fold(), and Latin letters without their accents: "Café" = "cafe". For search.
std::string fold_accents(std::string_view text);

}  // namespace kith::text
