#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t api_body_bytes_max = 2 << 20;   // of client requests
inline constexpr std::size_t group_commit_closures_max = 256;   // SQLite: writes that share one sync
inline constexpr std::size_t control_line_bytes_max = 1 << 20;
inline constexpr int control_timeout_ms = 60'000;

}  // namespace kith::limits
