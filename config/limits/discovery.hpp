#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t webfinger_bytes_max = 64 * 1024;
inline constexpr std::size_t webfinger_actors_max = 4;        // of one answer that are looked at
inline constexpr int webfinger_timeout_ms = 5'000;            // of one of its at most six exchanges
inline constexpr std::size_t remote_name_bytes_max = 256;     // before the @ of a handle
inline constexpr int resolve_timeout_ms = 12'000;             // of all that somebody asked for by name or URL
inline constexpr std::int64_t actor_fresh_ms = 24LL * 3600 * 1000;   // then its document is read anew
inline constexpr std::size_t mentions_resolved_max = 10;      // unknown ones of one text
inline constexpr int mentions_timeout_ms = 4'000;             // for all of them together
inline constexpr int resolve_fetches_max = 30;                // parents and authors of one post

inline constexpr int nodeinfo_timeout_ms = 5'000;             // of one of its two exchanges
inline constexpr std::size_t nodeinfo_bytes_max = 64 * 1024;
inline constexpr std::size_t nodeinfo_word_bytes_max = 64;    // of a name or version; more is cut
inline constexpr std::int64_t nodeinfo_fresh_ms = 7LL * 24 * 3600 * 1000;
inline constexpr int nodeinfo_asked_at_once = 50;             // hosts in one run of the job

}  // namespace kith::limits
