#pragma once
#include <cstddef>

namespace kith::limits {

inline constexpr std::size_t post_emojis_max = 50;            // of a remote post; more are left out
inline constexpr std::size_t actor_emojis_max = 50;           // likewise
inline constexpr int emoji_reactions_of_person_max = 10;      // to one post; more are refused
inline constexpr std::size_t emoji_reactions_shown_max = 50;  // kinds of a post, the most used ones

inline constexpr int emoji_profiles_told_max = 300;           // that change with one emoji; the others with their next edit
inline constexpr std::size_t own_emojis_max = 2'000;
inline constexpr std::size_t emoji_category_characters_max = 100;
inline constexpr int emoji_side = 128;                        // pixels; pictures are cut to a square

}  // namespace kith::limits
