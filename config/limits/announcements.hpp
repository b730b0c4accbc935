#pragma once
#include <cstddef>

namespace kith::limits {

inline constexpr std::size_t rules_max = 50;
inline constexpr std::size_t rule_characters_max = 300;
inline constexpr std::size_t rule_hint_characters_max = 1'000;
inline constexpr std::size_t announcement_characters_max = 5'000;
inline constexpr int announcements_shown_max = 40;                  // the newest
inline constexpr std::size_t announcement_reactions_max = 8;        // different ones, of one announcement
inline constexpr std::size_t document_bytes_max = 256 * 1024;       // of what the node says about itself

}  // namespace kith::limits
