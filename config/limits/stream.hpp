#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t stream_clients_max = 20'000;
inline constexpr std::size_t stream_clients_per_account_max = 50;
inline constexpr std::size_t stream_channels_max = 50;             // that one client listens to
inline constexpr std::size_t stream_message_bytes_max = 4 * 1024;  // from a client
inline constexpr std::size_t stream_unread_bytes_max = 1024 * 1024;  // for one client; who reads slower is cut off
inline constexpr std::int64_t stream_poll_ms = 200;                // how soon what others wrote is seen
inline constexpr std::int64_t stream_token_check_ms = 250;         // so long may one listen whose token was taken back
inline constexpr int stream_events_max = 500;                      // taken up at once
inline constexpr std::int64_t stream_post_age_ms = 6LL * 3600 * 1000;   // an older one is no news
inline constexpr std::int64_t stream_overtaken_ms = 2'000;         // how late a commit of another process may be
inline constexpr int stream_silence_seconds = 60;                  // without an answer to a ping, then it is over
inline constexpr int stream_heartbeat_seconds = 15;
inline constexpr std::size_t stream_token_bytes_max = 512;

}  // namespace kith::limits
