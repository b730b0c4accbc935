#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t config_file_bytes_max = 1 << 20;
inline constexpr std::size_t config_list_entries_max = 256;   // of one list or table
inline constexpr std::size_t config_shown_bytes_max = 200;      // of a wrong value, in the message about it
inline constexpr std::int64_t database_readers_max = 64;
inline constexpr std::size_t present_as_bytes_max = 64;         // name and version of a software

}  // namespace kith::limits
