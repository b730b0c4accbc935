#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr int document_max_age_s = 60;        // how long caches may keep what everybody may see
inline constexpr int discovery_max_age_s = 3'600;    // … WebFinger, host-meta and NodeInfo
inline constexpr int outbox_page = 20;
inline constexpr int group_outbox_page = 50;         // what Lemmy reads at once
inline constexpr std::int64_t group_reader_fresh_ms = 60'000;  // how long a group's host is believed about who reads
inline constexpr std::size_t group_readers_held_max = 4'096;
// A reader waits on a worker while the group's host is asked: for one host, for all, and how long at most.
inline constexpr int group_home_asked_at_once_max = 1;
inline constexpr int group_homes_asked_at_once_max = 4;
inline constexpr std::int64_t group_home_timeout_ms = 5'000;

}  // namespace kith::limits
