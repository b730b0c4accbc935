#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/core/result.hpp"

struct evp_pkey_st;

namespace kith::crypto {

enum class KeyType { rsa, ed25519 };

// A parsed public key: cheap to copy (shared), safe to use from many threads at once. Parsing costs
// more than verifying, so keep it.
class PublicKey {
public:
    // PEM of SubjectPublicKeyInfo ("PUBLIC KEY") or PKCS#1 ("RSA PUBLIC KEY"), with any newlines:
    // CRLF, the two characters `\n` that some servers publish, none at the end.
    // Code::invalid for anything else, for RSA outside limits::rsa_bits_min/max or with an exponent
    // that would make verifying slow, and for other kinds of key.
    static Result<PublicKey> from_pem(std::string_view pem);

    // A Multikey's `publicKeyMultibase` (FEP-521a) of an Ed25519 ("z6Mk…") or RSA key; Code::invalid
    // for others and for what from_pem refuses.
    static Result<PublicKey> from_multikey(std::string_view multibase);

    KeyType type() const;

    // SubjectPublicKeyInfo, 64 columns, LF, newline at the end.
    std::string to_pem() const;

    // FEP-521a: base58btc of the multicodec and the raw Ed25519 key or the PKCS#1 DER of an RSA key.
    std::string to_multikey() const;

    // RSA: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 8.2.2). Ed25519: RFC 8032, pure.
    bool verify(std::string_view message, std::string_view signature) const;

private:
    friend class PrivateKey;
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

// A parsed private key; copies and threads as PublicKey.
class PrivateKey {
public:
    // 2048 bits take 50–500 ms: made ahead by a job, never in a request.
    static Result<PrivateKey> generate_rsa(int bits = 2048);
    static Result<PrivateKey> generate_ed25519();

    // Unencrypted PKCS#8 ("PRIVATE KEY"); the rules of PublicKey::from_pem.
    static Result<PrivateKey> from_pem(std::string_view pem);

    KeyType type() const { return public_key().type(); }
    PublicKey public_key() const { return PublicKey(key_); }

    // Unencrypted PKCS#8. A secret: files that hold it are 0600, logs never do.
    Result<std::string> to_pem() const;

    // The counterpart of PublicKey::verify. Code::internal when OpenSSL fails.
    Result<std::string> sign(std::string_view message) const;

private:
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace kith::crypto
