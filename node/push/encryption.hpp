#pragma once
#include "base/crypto/p256.hpp"
#include "federation/client/headers.hpp"

#include <string>
#include <string_view>

// What goes to a push service, which must not read it: encrypted for the client alone.
namespace kith::push {

struct Recipient {
    std::string_view p256dh, auth;  // the client's public point (65 bytes) and its secret (16)
};

// One message: its body and the fields that say how it is encrypted.
struct Sealed {
    std::string body;
    client::Headers headers;
    std::string crypto_key;  // what the older form adds to Crypto-Key; empty with the newer one
};

// RFC 8291 (aes128gcm). `once` is a key made for this message, `salt` 16 random bytes. Code::invalid
// for keys that are none.
Result<Sealed> seal(std::string_view plaintext, const Recipient&, const crypto::P256Key& once, std::string_view salt);

// The same as clients from before the RFC read it (draft-ietf-webpush-encryption-04: aesgcm).
Result<Sealed> seal_as_draft(std::string_view plaintext, const Recipient&, const crypto::P256Key& once,
                             std::string_view salt);

// The token by which a push service knows the sender (RFC 8292 2): a JWT for the service's origin, signed with the
// node's key; `contact` is a mailto: or https: URL.
Result<std::string> vapid_token(const crypto::P256Key&, std::string_view audience, std::string_view contact,
                                std::int64_t expires_at_seconds);

}  // namespace kith::push
