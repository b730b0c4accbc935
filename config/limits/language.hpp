#pragma once
#include <cstddef>

namespace kith::limits {

inline constexpr std::size_t language_text_bytes_max = 4'096;   // of a text that is looked at
inline constexpr int language_letter_bytes_min = 24;            // below that a guess is none
inline constexpr int language_percent_min = 80;                 // of its letters that one language has

}  // namespace kith::limits
