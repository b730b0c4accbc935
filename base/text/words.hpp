#pragma once
#include <string_view>

namespace kith::text {

// A letter, digit or mark of any script, or an underscore (Unicode's \w).
bool is_word_character(char32_t);

// Whether a text contains these words where they stand for themselves: where they begin or end with
// a word character, none is their neighbour there ("ham" is in "ham, eggs", not in "hamster"). Byte
// for byte: fold() both sides first. An empty needle is in nothing.
bool contains_words(std::string_view text, std::string_view words);

}  // namespace kith::text
