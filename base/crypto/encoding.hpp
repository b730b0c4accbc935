#pragma once
#include <optional>
#include <string>
#include <string_view>

// Bytes as text. Decoders are strict: what they accept encodes back to the same text, so that no
// two spellings stand for one value. They give nullopt for everything else.
namespace kith::crypto {

// RFC 4648 section 4, with padding.
std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

// RFC 4648 section 5, without padding.
std::string base64url_encode(std::string_view bytes);
std::optional<std::string> base64url_decode(std::string_view text);

// Bitcoin's alphabet, without the multibase prefix. Its cost is quadratic: texts above
// limits::base58_chars_max are refused.
std::string base58_encode(std::string_view bytes);
std::optional<std::string> base58_decode(std::string_view text);

// Lower case.
std::string hex_encode(std::string_view bytes);

}  // namespace kith::crypto
