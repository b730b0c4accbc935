#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr int client_connect_timeout_ms = 10'000;
inline constexpr int client_timeout_ms = 30'000;   // of one exchange in total, redirects included
inline constexpr int client_redirects_max = 3;
inline constexpr std::size_t client_response_bytes_max = 1024 * 1024;
inline constexpr std::size_t client_response_header_bytes_max = 64 * 1024;
inline constexpr int client_in_flight_max = 512;
inline constexpr int client_in_flight_per_host_max = 8;
inline constexpr int client_waiting_max = 8'192;   // requests that wait for one of those places
inline constexpr int client_idle_connections_max = 256;
inline constexpr int client_idle_handles_max = 64;
inline constexpr int client_signers = 2;           // threads

}  // namespace kith::limits
