#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/core/result.hpp"

struct evp_pkey_st;

namespace kith::crypto {

// A key pair on the curve P-256 (FIPS 186-5; also prime256v1, secp256r1): for Web Push, which knows no
// other. Cheap to copy (shared), safe to use from many threads at once.
class P256Key {
public:
    static Result<P256Key> generate();
    // The 32 bytes of scalar(); Code::invalid for others.
    static Result<P256Key> from_scalar(std::string_view bytes);

    // The secret half, 32 bytes. Logs never hold it.
    Result<std::string> scalar() const;
    // The public half: 65 bytes, 0x04 and both coordinates (SEC 1, 2.3.3).
    Result<std::string> public_point() const;

    // The 32 bytes that both sides know (ECDH, SP 800-56A 5.7.1.2). Code::invalid where `theirs` is not
    // a point of the curve in the form of public_point().
    Result<std::string> agree(std::string_view theirs) const;
    // ECDSA with SHA-256 as r and s, 64 bytes (RFC 7518 3.4: ES256).
    Result<std::string> sign(std::string_view message) const;

private:
    explicit P256Key(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

// AES-128 in GCM (SP 800-38D): the ciphertext and its tag of 16 bytes. `key` has 16 bytes, `nonce` 12;
// a nonce is used once with a key.
Result<std::string> aes128_gcm_seal(std::string_view key, std::string_view nonce, std::string_view plaintext);

}  // namespace kith::crypto
