#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

// How often a client may ask, as Mastodon documents it; limits.rate switches all of it off.
inline constexpr int requests_max = 300;                             // of one token, or of one address without one
inline constexpr int requests_of_address_max = 1'500;                // with whatever tokens
inline constexpr std::int64_t requests_window_ms = 5LL * 60 * 1000;
inline constexpr int uploads_max = 30;                               // of one token
inline constexpr int deletions_max = 30;                             // of statuses and boosts
inline constexpr std::int64_t rare_requests_window_ms = 30LL * 60 * 1000;
inline constexpr std::size_t rates_tracked_max = 50'000;             // keys; those not heard of for longest go first

}  // namespace kith::limits
