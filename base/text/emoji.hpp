#pragma once
#include <string>
#include <string_view>

// Emoji as people react with them and write them in texts: of Unicode, and custom ones by
// shortcode.
namespace kith::text {

// The one emoji that the text is, in one spelling: U+FE0F stands behind what is else shown as text,
// and nowhere behind a single other one. "" for anything else: words, two emoji, an emoji with
// combining marks.
std::string one_emoji(std::string_view text);

// "blobcat" of ":blobcat:", "blobcat" and ":blobcat@there.example:" (FEP-9098; whose emoji it is
// never follows from the text). "" where it is no shortcode: 1 to 64 of ASCII letters, digits, _,
// -.
std::string shortcode_of(std::string_view text);

}  // namespace kith::text
