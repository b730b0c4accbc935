#pragma once

namespace kith::limits {

inline constexpr int refusals_page = 40;
inline constexpr int refusals_page_max = 200;

}  // namespace kith::limits
