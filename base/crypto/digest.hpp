#pragma once
#include <string>
#include <string_view>

namespace kith::crypto {

// The 32 raw bytes of SHA-256 (FIPS 180-4).
std::string sha256(std::string_view bytes);

// The 64 raw bytes of SHA-512.
std::string sha512(std::string_view bytes);

// The 32 raw bytes of HMAC-SHA-256 (RFC 2104); a key of any length.
std::string hmac_sha256(std::string_view key, std::string_view message);

// The 20 raw bytes of HMAC-SHA-1, for one-time passwords (RFC 6238) and nothing else.
std::string hmac_sha1(std::string_view key, std::string_view message);

// Takes as long for any two texts of one length: for secrets, codes and tags.
bool constant_time_equal(std::string_view a, std::string_view b);

// How a random token is stored: SHA-256 as base64url, 43 characters. Enough for 128 bits of chance
// and more; passwords need password_hash.
std::string hash_secret(std::string_view token);

}  // namespace kith::crypto
