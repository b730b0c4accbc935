#pragma once
#include <cstddef>

namespace kith::limits {

inline constexpr std::size_t relays_max = 20;   // each gets every public post

}  // namespace kith::limits
