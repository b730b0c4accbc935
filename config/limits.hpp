#pragma once
#include <cstddef>
#include <cstdint>

// Every bound in the program, by place, each with its unit in its name. What an admin may change has
// a key in the configuration of the same name; the value here is its default.
namespace kith::limits {

// ---- base/json -------------------------------------------------------------------------------
inline constexpr int json_depth_max = 32;
inline constexpr std::size_t json_members_max = 20'000;   // of one document, all objects together

// ---- base/text -------------------------------------------------------------------------------
inline constexpr std::size_t url_bytes_max = 2'048;
inline constexpr std::size_t host_bytes_max = 253;          // RFC 1035 2.3.4, without the final dot
inline constexpr std::size_t host_label_bytes_max = 63;
inline constexpr std::size_t accept_ranges_max = 32;        // of one Accept field that are looked at
inline constexpr std::size_t media_type_params_max = 16;
inline constexpr std::size_t search_token_chars_max = 64;   // code points; longer words are cut

// ---- config ----------------------------------------------------------------------------------
inline constexpr std::size_t config_file_bytes_max = 1 << 20;
inline constexpr std::size_t config_list_entries_max = 256;   // of one list or table
inline constexpr std::int64_t database_readers_max = 64;

// ---- posts -----------------------------------------------------------------------------------
inline constexpr std::int64_t post_characters_max = 5'000;     // key limits.post_characters_max
inline constexpr std::int64_t post_characters_ceiling = 500'000;

// ---- federation/client -----------------------------------------------------------------------
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

// ---- base/crypto -----------------------------------------------------------------------------
inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;
inline constexpr int rsa_exponent_bits_max = 64;
inline constexpr std::size_t pem_chars_max = 16 * 1024;
inline constexpr std::size_t base58_chars_max = 512;
inline constexpr std::size_t password_bytes_max = 1'024;
inline constexpr std::uint32_t argon2_memory_kib = 19'456;   // OWASP's first choice: 19 MiB, t=2, p=1
inline constexpr std::uint32_t argon2_passes = 2;
inline constexpr std::uint32_t argon2_lanes = 1;

// ---- federation/signature --------------------------------------------------------------------
inline constexpr std::int64_t signature_window_ms = 3'600'000;    // a date's distance from now, each way
inline constexpr std::size_t signature_header_chars_max = 8 * 1024;
inline constexpr std::size_t signature_key_id_chars_max = 2'048;
inline constexpr std::size_t signature_bytes_max = 1'024;         // RSA with 8192 bits
inline constexpr std::size_t signed_headers_max = 32;

// ---- base/html -------------------------------------------------------------------------------
inline constexpr std::size_t html_bytes_max = 1 << 20;        // of what is parsed; the rest is cut off
inline constexpr std::size_t html_tags_max = 5'000;           // gumbo's time grows with their square
inline constexpr std::size_t html_memory_bytes_max = 32 << 20;   // of one parse tree
inline constexpr std::size_t html_depth_max = 64;             // of elements in the output
inline constexpr std::size_t html_url_chars_max = 4'096;

// ---- base/metrics ----------------------------------------------------------------------------
inline constexpr std::size_t metric_series_max = 200;   // label values of one metric; then "other"

// ---- node/http -------------------------------------------------------------------------------
inline constexpr std::size_t http_head_bytes_max = 16 * 1024;
inline constexpr std::size_t http_header_count_max = 100;
inline constexpr std::size_t http_body_memory_bytes_max = 256 * 1024;   // a larger one goes to a file
inline constexpr std::uint64_t http_bodies_bytes_max = 512ull << 20;    // all under way together
inline constexpr std::size_t http_chunk_line_bytes_max = 64;   // size line, extensions included
inline constexpr std::size_t http_trailer_bytes_max = 4 * 1024;
inline constexpr std::size_t http_linger_bytes_max = 4 << 20;
inline constexpr std::size_t http_out_buffer_bytes_max = 1 << 20;   // a stream's worker waits beyond
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

// ---- node/insight ----------------------------------------------------------------------------
inline constexpr std::size_t import_bytes_max = 64 << 20;   // of an event file, unpacked
inline constexpr std::size_t import_lines_max = 500'000;
inline constexpr std::size_t import_line_bytes_max = 1'024;
inline constexpr std::size_t import_name_bytes_max = 64;    // of an actor or object in an event file
inline constexpr double import_hours_max = 876'600;         // since t0: a hundred years
inline constexpr std::int64_t import_unix_seconds_max = 4'102'444'800;   // 2100-01-01
inline constexpr std::size_t insight_json_rows_max = 1'000;   // of each list in a report
inline constexpr std::size_t insight_text_rows_max = 20;

}  // namespace kith::limits
