#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

// ---- base/json ------------------------------------------------------------------------
inline constexpr int json_depth_max = 32;
inline constexpr std::size_t json_members_max = 20'000;   // of one document, all objects together

// ---- base/text ------------------------------------------------------------------------
inline constexpr std::size_t url_bytes_max = 2'048;
inline constexpr std::size_t host_bytes_max = 253;          // RFC 1035 2.3.4, without the final dot
inline constexpr std::size_t host_label_bytes_max = 63;
inline constexpr std::size_t accept_ranges_max = 32;        // of one Accept field that are looked at
inline constexpr std::size_t media_type_params_max = 16;
inline constexpr std::size_t email_bytes_max = 254;         // RFC 5321 4.5.3.1.3, without the brackets
inline constexpr std::size_t email_local_part_bytes_max = 64;
inline constexpr std::size_t search_token_chars_max = 64;   // code points; longer words are cut

// ---- base/crypto ----------------------------------------------------------------------
inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;
inline constexpr int rsa_exponent_bits_max = 64;
inline constexpr std::size_t pem_chars_max = 16 * 1024;
inline constexpr std::size_t base58_chars_max = 1'536;   // a multikey of RSA with 8192 bits has 1,422
inline constexpr std::size_t password_bytes_max = 1'024;
inline constexpr std::uint32_t argon2_memory_kib = 19'456;   // OWASP's first choice: 19 MiB, t=2, p=1
inline constexpr std::uint32_t argon2_passes = 2;
inline constexpr std::uint32_t argon2_lanes = 1;

// ---- base/html ------------------------------------------------------------------------
inline constexpr std::size_t html_bytes_max = 1 << 20;          // of what is read, and written
inline constexpr std::size_t html_attributes_max = 32;          // of one tag
inline constexpr std::size_t html_open_elements_max = 256;      // remembered while reading
inline constexpr std::size_t html_depth_max = 64;               // of elements in what is written
inline constexpr std::size_t html_url_chars_max = 4'096;
inline constexpr std::size_t page_metas_max = 500;              // of a page, meta elements and links with a rel each

// ---- base/metrics ---------------------------------------------------------------------
inline constexpr std::size_t metric_series_max = 200;   // label values of one metric; then "other"

}  // namespace kith::limits
