#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t signature_window_ms = 3'600'000;    // a date's distance from now, each way
inline constexpr std::size_t signature_header_chars_max = 8 * 1024;
inline constexpr std::size_t signature_key_id_chars_max = 2'048;
inline constexpr std::size_t signature_bytes_max = 1'024;         // RSA with 8192 bits
inline constexpr std::size_t signed_headers_max = 32;
inline constexpr std::size_t structured_members_max = 8;          // of a dictionary: signatures, digests
inline constexpr std::size_t structured_parameters_max = 16;
inline constexpr std::size_t signature_nonce_chars_max = 256;     // of a challenge, which we repeat

}  // namespace kith::limits
