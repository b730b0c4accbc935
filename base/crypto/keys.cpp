#include "base/crypto/keys.hpp"

#include "base/crypto/key_stock.hpp"

#include <array>
#include <climits>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/crypto/encoding.hpp"
#include "base/crypto/openssl.hpp"
#include "base/crypto/pem.hpp"
#include "config/limits/base.hpp"

namespace kith::crypto {
namespace {

using SharedKey = std::shared_ptr<EVP_PKEY>;

constexpr std::size_t ed25519_public_bytes = 32;
constexpr std::string_view ed25519_multicodec = "\xed\x01";  // varint of 0xed
constexpr std::string_view rsa_multicodec = "\x85\x24";      // varint of 0x1205

SharedKey own(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

// A public exponent of thousands of bits makes each verification as dear as a signature; an even
// one or 1 is no RSA at all.
bool exponent_is_sound(const EVP_PKEY* key) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &raw) != 1) return false;
    std::unique_ptr<BIGNUM, Releaser<BN_free>> exponent(raw);
    return BN_is_odd(raw) && !BN_is_one(raw) && BN_num_bits(raw) <= limits::rsa_exponent_bits_max;
}

Result<SharedKey> checked(SharedKey key) {
    if (!key) return fail(Code::invalid, "the key cannot be read", openssl_error());
    switch (EVP_PKEY_get_base_id(key.get())) {
        case EVP_PKEY_ED25519:
            return key;
        case EVP_PKEY_RSA:
            break;
        default:
            return fail(Code::invalid, "the key is neither RSA nor Ed25519");
    }
    const auto bits = EVP_PKEY_get_bits(key.get());
    if (bits < limits::rsa_bits_min || bits > limits::rsa_bits_max)
        return fail(Code::invalid, "the RSA key must have 2048 to 8192 bits",
                    std::to_string(bits) + " bits");
    if (!exponent_is_sound(key.get()))
        return fail(Code::invalid, "the RSA key's public exponent is not acceptable");
    return key;
}

// d2i functions stop where the structure ends: bytes after it are refused.
template <class Parse>
SharedKey parse_der(const std::string& der, Parse parse) {
    if (der.size() > LONG_MAX) return nullptr;
    auto* at = as_bytes(der);
    const auto* end = at + der.size();
    auto key = own(parse(&at, static_cast<long>(der.size())));
    return at == end ? key : nullptr;
}

SharedKey parse_pkcs1(const std::string& der) {
    return parse_der(der, [](const unsigned char** at, long length) {
        return d2i_PublicKey(EVP_PKEY_RSA, nullptr, at, length);
    });
}

SharedKey parse_pkcs8(const std::string& der) {
    return parse_der(der, [](const unsigned char** at, long length) -> EVP_PKEY* {
        std::unique_ptr<PKCS8_PRIV_KEY_INFO, Releaser<PKCS8_PRIV_KEY_INFO_free>> info(
            d2i_PKCS8_PRIV_KEY_INFO(nullptr, at, length));
        return info ? EVP_PKCS82PKEY(info.get()) : nullptr;
    });
}

template <class T, class Encode>
std::string encode_der(T* value, Encode encode) {
    unsigned char* raw = nullptr;
    const auto length = encode(value, &raw);
    if (length <= 0) return {};
    std::string der(reinterpret_cast<char*>(raw), static_cast<std::size_t>(length));
    OPENSSL_clear_free(raw, static_cast<std::size_t>(length));
    return der;
}

// One context a thread: RSA itself dominates, but Ed25519 and verifying notice an allocation.
EVP_MD_CTX* thread_context() {
    thread_local MdContext context(EVP_MD_CTX_new());
    EVP_MD_CTX_reset(context.get());
    return context.get();
}

// Ed25519 hashes by itself; naming a digest is an error.
const EVP_MD* method_for(KeyType type) { return type == KeyType::rsa ? sha256_method() : nullptr; }

}  // namespace

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
    auto block = read_pem(pem);
    if (!block) return fail(Code::invalid, "the key is not PEM");
    SharedKey key;
    if (block->label == "PUBLIC KEY") {
        key = parse_der(block->der, [](const unsigned char** at, long length) {
            return d2i_PUBKEY(nullptr, at, length);
        });
    } else if (block->label == "RSA PUBLIC KEY") {
        key = parse_pkcs1(block->der);
    } else {
        return fail(Code::invalid, "the PEM block is not a public key", block->label);
    }
    return PublicKey(TRY(checked(std::move(key))));
}

Result<PublicKey> PublicKey::from_multikey(std::string_view multibase) {
    if (!multibase.starts_with('z')) return fail(Code::invalid, "the multikey is not base58btc");
    const auto bytes = base58_decode(multibase.substr(1));
    if (bytes && bytes->starts_with(ed25519_multicodec) &&
        bytes->size() == ed25519_multicodec.size() + ed25519_public_bytes) {
        auto key = own(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                                   as_bytes(*bytes) + ed25519_multicodec.size(),
                                                   ed25519_public_bytes));
        return PublicKey(TRY(checked(std::move(key))));
    }
    if (bytes && bytes->starts_with(rsa_multicodec))
        return PublicKey(TRY(checked(parse_pkcs1(bytes->substr(rsa_multicodec.size())))));
    return fail(Code::invalid, "the multikey is neither an Ed25519 nor an RSA key");
}

KeyType PublicKey::type() const {
    return EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_RSA ? KeyType::rsa : KeyType::ed25519;
}

std::string PublicKey::to_pem() const {
    return write_pem("PUBLIC KEY", encode_der(key_.get(), i2d_PUBKEY));
}

std::string PublicKey::to_multikey() const {
    if (type() == KeyType::rsa)
        return 'z' + base58_encode(std::string(rsa_multicodec) +
                                   encode_der(key_.get(), i2d_PublicKey));
    std::array<unsigned char, ed25519_public_bytes> raw;
    auto length = raw.size();
    EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &length);
    auto bytes = std::string(ed25519_multicodec);
    bytes.append(reinterpret_cast<char*>(raw.data()), length);
    return 'z' + base58_encode(bytes);
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
    auto* context = thread_context();
    const bool holds =
        EVP_DigestVerifyInit(context, nullptr, method_for(type()), nullptr, key_.get()) == 1 &&
        EVP_DigestVerify(context, as_bytes(signature), signature.size(), as_bytes(message),
                         message.size()) == 1;
    if (!holds) openssl_error();  // a refused signature must not lie in the queue for the next user
    return holds;
}

Result<PrivateKey> PrivateKey::generate_rsa(int bits) {
    if (bits < limits::rsa_bits_min || bits > limits::rsa_bits_max)
        return fail(Code::invalid, "an RSA key must have 2048 to 8192 bits");
    if (const auto stocked = stocked_rsa_key()) return from_pem(*stocked);
    auto key = own(EVP_RSA_gen(static_cast<unsigned>(bits)));
    if (!key) return fail(Code::internal, "a key could not be made", openssl_error());
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::generate_ed25519() {
    auto key = own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key) return fail(Code::internal, "a key could not be made", openssl_error());
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem) {
    auto block = read_pem(pem);
    if (!block || block->label != "PRIVATE KEY")
        return fail(Code::invalid, "the key is not an unencrypted PKCS#8 PEM");
    auto key = parse_pkcs8(block->der);
    OPENSSL_cleanse(block->der.data(), block->der.size());
    return PrivateKey(TRY(checked(std::move(key))));
}

Result<std::string> PrivateKey::to_pem() const {
    std::unique_ptr<PKCS8_PRIV_KEY_INFO, Releaser<PKCS8_PRIV_KEY_INFO_free>> info(
        EVP_PKEY2PKCS8(key_.get()));
    if (!info) return fail(Code::internal, "the key could not be written", openssl_error());
    auto der = encode_der(info.get(), i2d_PKCS8_PRIV_KEY_INFO);
    auto pem = write_pem("PRIVATE KEY", der);
    OPENSSL_cleanse(der.data(), der.size());
    return pem;
}

Result<std::string> PrivateKey::sign(std::string_view message) const {
    auto* context = thread_context();
    auto length = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
    std::string signature(length, '\0');
    if (EVP_DigestSignInit(context, nullptr, method_for(type()), nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length,
                       as_bytes(message), message.size()) != 1)
        return fail(Code::internal, "the message could not be signed", openssl_error());
    signature.resize(length);
    return signature;
}

}  // namespace kith::crypto
