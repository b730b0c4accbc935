#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t translation_timeout_ms = 15'000;
inline constexpr std::size_t translation_response_bytes_max = 2 * 1024 * 1024;
inline constexpr std::int64_t translation_languages_fresh_ms = 24LL * 3600 * 1000;

}  // namespace kith::limits
