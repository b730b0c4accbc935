#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t blocklist_bytes_max = 8 << 20;   // of a list of domain blocks
inline constexpr std::size_t blocklist_entries_max = 50'000;
inline constexpr std::size_t domain_blocks_per_write_max = 500;   // rows of lists, in one transaction
inline constexpr std::int64_t blocklist_asked_every_ms = 24LL * 3600 * 1000;
inline constexpr std::int64_t blocklist_timeout_ms = 30'000;
inline constexpr int domain_blocks_page = 100;
inline constexpr int domain_blocks_page_max = 200;
inline constexpr std::size_t domain_comment_characters_max = 2'000;

}  // namespace kith::limits
