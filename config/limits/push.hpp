#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t push_endpoint_bytes_max = 2'048;
inline constexpr std::size_t push_text_characters_max = 140;      // of a post that is told of
inline constexpr std::size_t push_plaintext_bytes_max = 3'000;    // what every push service takes, encrypted
inline constexpr int push_at_once_max = 32;                       // requests on their way
inline constexpr std::int64_t push_timeout_ms = 10'000;
inline constexpr std::int64_t push_lease_ms = 60'000;
inline constexpr std::int64_t push_poll_ms = 1'000;
inline constexpr std::int64_t push_ttl_seconds = 48 * 3600;       // how long a push service keeps it for a client
inline constexpr int push_attempts_max = 6;
inline constexpr std::int64_t push_retry_ms = 60'000;             // doubled with each try
inline constexpr std::int64_t vapid_token_ms = 12LL * 3600 * 1000;

}  // namespace kith::limits
