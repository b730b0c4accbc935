#include "base/crypto/p256.hpp"

#include <array>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include "base/crypto/openssl.hpp"

namespace kith::crypto {
namespace {

constexpr std::size_t scalar_bytes = 32;
constexpr std::size_t point_bytes = 65;
constexpr std::size_t gcm_tag_bytes = 16;
constexpr char group_name[] = "prime256v1";

using Number = std::unique_ptr<BIGNUM, Releaser<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Releaser<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Releaser<EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Releaser<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Releaser<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Releaser<EVP_CIPHER_CTX_free>>;
using SharedKey = std::shared_ptr<EVP_PKEY>;

Failure broken(const char* what) { return fail(Code::internal, what, openssl_error()); }

// A key from its public point, and its scalar where there is one.
Result<SharedKey> key_from(std::string_view point, const BIGNUM* scalar) {
    Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group_name, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    if (scalar) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar);
    Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, scalar ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return fail(Code::invalid, "not a key of the curve P-256", openssl_error());
    return SharedKey(key, EVP_PKEY_free);
}

}  // namespace

Result<P256Key> P256Key::generate() {
    EVP_PKEY* key = EVP_EC_gen(group_name);
    if (!key) return broken("no key could be made");
    return P256Key(SharedKey(key, EVP_PKEY_free));
}

Result<P256Key> P256Key::from_scalar(std::string_view bytes) {
    if (bytes.size() != scalar_bytes) return fail(Code::invalid, "not a key of the curve P-256");
    Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    Number scalar(BN_bin2bn(as_bytes(bytes), int(bytes.size()), nullptr));
    Point point(EC_POINT_new(group.get()));
    std::array<unsigned char, point_bytes> octets{};
    if (BN_is_zero(scalar.get()) || BN_cmp(scalar.get(), EC_GROUP_get0_order(group.get())) >= 0 ||
        EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, nullptr) != 1 ||
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, octets.data(), octets.size(),
                           nullptr) != octets.size())
        return fail(Code::invalid, "not a key of the curve P-256", openssl_error());
    return P256Key(TRY(key_from({reinterpret_cast<const char*>(octets.data()), octets.size()}, scalar.get())));
}

Result<std::string> P256Key::scalar() const {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_PRIV_KEY, &raw) != 1) return broken("the key has no secret half");
    Number number(raw);
    std::string out(scalar_bytes, '\0');
    if (BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(out.data()), int(out.size())) < 0)
        return broken("the key cannot be written");
    return out;
}

Result<std::string> P256Key::public_point() const {
    std::string out(point_bytes, '\0');
    std::size_t written = 0;
    if (EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, reinterpret_cast<unsigned char*>(out.data()),
                                        out.size(), &written) != 1 ||
        written != point_bytes)
        return broken("the key cannot be written");
    return out;
}

Result<std::string> P256Key::agree(std::string_view theirs) const {
    if (theirs.size() != point_bytes || theirs.front() != '\x04')
        return fail(Code::invalid, "not a point of the curve P-256");
    const auto peer = TRY(key_from(theirs, nullptr));
    PkeyContext context(EVP_PKEY_CTX_new(key_.get(), nullptr));
    std::string out(scalar_bytes, '\0');
    auto size = out.size();
    // Setting the peer checks that it is a point of the curve.
    if (EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1)
        return fail(Code::invalid, "not a point of the curve P-256", openssl_error());
    if (EVP_PKEY_derive(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size) != 1 || size != out.size())
        return broken("no secret could be agreed upon");
    return out;
}

Result<std::string> P256Key::sign(std::string_view message) const {
    MdContext context(EVP_MD_CTX_new());
    std::array<unsigned char, 80> der{};  // r and s, their lengths and signs
    auto size = der.size();
    if (EVP_DigestSignInit(context.get(), nullptr, sha256_method(), nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), der.data(), &size, as_bytes(message), message.size()) != 1)
        return broken("nothing could be signed");
    const unsigned char* at = der.data();
    Signature signature(d2i_ECDSA_SIG(nullptr, &at, long(size)));
    std::string out(2 * scalar_bytes, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data());
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes, int(scalar_bytes)) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes + scalar_bytes, int(scalar_bytes)) < 0)
        return broken("the signature cannot be written");
    return out;
}

Result<std::string> aes128_gcm_seal(std::string_view key, std::string_view nonce, std::string_view plaintext) {
    CipherContext context(EVP_CIPHER_CTX_new());
    std::string out(plaintext.size() + gcm_tag_bytes, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data());
    int written = 0, rest = 0;
    if (key.size() != 16 || nonce.size() != 12 ||
        EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, as_bytes(key), as_bytes(nonce)) != 1 ||
        EVP_EncryptUpdate(context.get(), bytes, &written, as_bytes(plaintext), int(plaintext.size())) != 1 ||
        EVP_EncryptFinal_ex(context.get(), bytes + written, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, int(gcm_tag_bytes), bytes + written + rest) != 1)
        return broken("nothing could be encrypted");
    return out;
}

}  // namespace kith::crypto
