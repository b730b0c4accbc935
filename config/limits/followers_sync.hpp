#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr int followers_sync_ids_max = 10'000;           // of one host; with more it is not synchronised
inline constexpr std::size_t followers_sync_header_bytes_max = 2'048;
inline constexpr std::size_t followers_sync_digests_max = 4'096;    // remembered: actor × host
inline constexpr std::size_t followers_sync_actors_max = 4'096;     // of others, whose last check is remembered
inline constexpr std::int64_t followers_sync_every_ms = 10LL * 60 * 1000;   // the list of one actor is read at most
inline constexpr std::int64_t followers_sync_host_every_ms = 30'000;        // … and of one host
inline constexpr std::int64_t followers_sync_jitter_ms = 5'000;
inline constexpr std::int64_t followers_sync_timeout_ms = 10'000;   // of all pages of a list
inline constexpr int followers_sync_pages_max = 10;
inline constexpr int followers_sync_undos_max = 100;            // sent because of one list
inline constexpr int followers_sync_changes_per_write_max = 100;

}  // namespace kith::limits
