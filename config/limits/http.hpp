#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t http_head_bytes_max = 16 * 1024;
inline constexpr std::size_t http_header_count_max = 100;
inline constexpr std::size_t http_body_memory_bytes_max = 256 * 1024;   // a larger one goes to a file
inline constexpr std::uint64_t http_bodies_bytes_max = 512ull << 20;    // all under way together
inline constexpr std::uint64_t http_answers_bytes_max = 256ull << 20;   // that clients do not read
inline constexpr std::size_t http_chunk_line_bytes_max = 64;   // size line, extensions included
inline constexpr std::size_t http_trailer_bytes_max = 4 * 1024;
inline constexpr std::size_t http_linger_bytes_max = 4 << 20;
inline constexpr std::size_t http_out_buffer_bytes_max = 1 << 20;   // a stream's worker waits beyond
inline constexpr std::uint64_t http_file_turn_bytes = 1 << 20;          // of a file, before others get their turn
inline constexpr std::size_t http_connections_max = 10'000;
inline constexpr std::size_t http_connections_per_address_max = 256;
inline constexpr int http_requests_per_connection_max = 100'000;
inline constexpr int http_request_timeout_ms = 10'000;   // one deadline for head and small body
inline constexpr int http_idle_timeout_ms = 75'000;
inline constexpr int http_transfer_grace_ms = 10'000;    // then bytes ÷ rate, bodies and answers
inline constexpr int http_transfer_rate_min_bytes_per_ms = 32;   // 32 KB/s
inline constexpr int http_linger_timeout_ms = 2'000;
inline constexpr int http_stop_timeout_ms = 10'000;
inline constexpr std::size_t http_parked_max = 256;
inline constexpr std::size_t http_parked_per_key_max = 8;
inline constexpr int http_park_timeout_ms = 9'000;
inline constexpr int http_retry_after_s = 5;             // what a refusal with 503 or 429 tells
inline constexpr std::size_t http_forwarded_hops_max = 16;   // of X-Forwarded-For that are looked at
inline constexpr std::size_t http_params_max = 1'000;    // query string and body together
inline constexpr std::size_t http_param_key_bytes_max = 256;
inline constexpr std::size_t http_form_part_head_bytes_max = 4 * 1024;
inline constexpr std::size_t http_form_boundary_bytes_max = 200;
inline constexpr std::size_t http_path_segments_max = 32;

}  // namespace kith::limits
