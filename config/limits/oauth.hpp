#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t app_name_characters_max = 60;
inline constexpr std::size_t app_redirect_bytes_max = 2'000;
inline constexpr std::size_t user_agent_bytes_max = 300;
inline constexpr std::int64_t oauth_code_ms = 10 * 60 * 1000;              // RFC 6749 4.1.2
inline constexpr std::int64_t session_ms = 30LL * 24 * 3600 * 1000;
inline constexpr int sign_in_attempts_max = 10;                            // per address and per account …
inline constexpr std::int64_t sign_in_window_ms = 5 * 60 * 1000;           // … in so long
inline constexpr std::size_t sign_in_tracked_max = 10'000;

}  // namespace kith::limits
