#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t post_characters_max = 5'000;     // key limits.post_characters_max
inline constexpr std::int64_t post_characters_ceiling = 500'000;

}  // namespace kith::limits
