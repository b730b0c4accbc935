#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr int document_max_age_s = 60;        // how long caches may keep what everybody may see
inline constexpr int discovery_max_age_s = 3'600;    // … WebFinger, host-meta and NodeInfo
inline constexpr int outbox_page = 20;
inline constexpr int group_outbox_page = 50;         // what Lemmy reads at once

}  // namespace kith::limits
