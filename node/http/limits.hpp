#pragma once
#include "config/limits/http.hpp"

#include <cstddef>
#include <cstdint>

namespace kith::http {

// The bounds of one front. Production uses the defaults; tests lower them, so that seconds become
// tests of seconds. Read-only once the front runs.
struct Limits {
    std::size_t head_bytes_max = limits::http_head_bytes_max;
    std::size_t header_count_max = limits::http_header_count_max;
    std::size_t body_memory_bytes_max = limits::http_body_memory_bytes_max;
    std::uint64_t bodies_bytes_max = limits::http_bodies_bytes_max;
    std::uint64_t answers_bytes_max = limits::http_answers_bytes_max;
    std::size_t chunk_line_bytes_max = limits::http_chunk_line_bytes_max;
    std::size_t trailer_bytes_max = limits::http_trailer_bytes_max;
    std::size_t linger_bytes_max = limits::http_linger_bytes_max;
    std::size_t out_buffer_bytes_max = limits::http_out_buffer_bytes_max;
    std::size_t connections_max = limits::http_connections_max;
    std::size_t connections_per_address_max = limits::http_connections_per_address_max;
    int requests_per_connection_max = limits::http_requests_per_connection_max;
    int request_timeout_ms = limits::http_request_timeout_ms;
    int idle_timeout_ms = limits::http_idle_timeout_ms;
    int transfer_grace_ms = limits::http_transfer_grace_ms;
    int transfer_rate_min_bytes_per_ms = limits::http_transfer_rate_min_bytes_per_ms;
    int linger_timeout_ms = limits::http_linger_timeout_ms;
    int stop_timeout_ms = limits::http_stop_timeout_ms;
    std::size_t parked_max = limits::http_parked_max;
    std::size_t parked_per_key_max = limits::http_parked_per_key_max;
    int park_timeout_ms = limits::http_park_timeout_ms;
};

}  // namespace kith::http
