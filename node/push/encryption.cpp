#include "node/push/encryption.hpp"

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/json/writer.hpp"

namespace kith::push {

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using crypto::base64url_encode;
using crypto::hmac_sha256;

constexpr std::size_t key_bytes = 16, nonce_bytes = 12;
constexpr std::string_view record_size = "\x00\x00\x10\x00"sv;  // 4096: one record holds all

// HKDF (RFC 5869) of at most one block: extract, then expand.
std::string derive(std::string_view salt, std::string_view secret, const std::string& info, std::size_t bytes) {
    return hmac_sha256(hmac_sha256(salt, secret), info + '\x01').substr(0, bytes);
}

// A point with its length before it (draft, 4.2).
std::string with_length(std::string_view point) {
    return std::string{char(point.size() >> 8), char(point.size() & 0xff)} + std::string(point);
}

}  // namespace

Result<Sealed> seal(std::string_view plaintext, const Recipient& to, const crypto::P256Key& once,
                    std::string_view salt) {
    const auto ours = TRY(once.public_point());
    const auto shared = TRY(once.agree(to.p256dh));
    const auto secret = derive(to.auth, shared, "WebPush: info\0"s + std::string(to.p256dh) + ours, 32);
    const auto key = derive(salt, secret, "Content-Encoding: aes128gcm\0"s, key_bytes);
    const auto nonce = derive(salt, secret, "Content-Encoding: nonce\0"s, nonce_bytes);
    Sealed out;
    // RFC 8188 2.1: salt, record size, length of the key id, and the key as its id; the last record ends with 2.
    out.body = std::string(salt) + std::string(record_size) + char(ours.size()) + ours +
               TRY(crypto::aes128_gcm_seal(key, nonce, std::string(plaintext) + '\x02'));
    out.headers = {{"Content-Encoding", "aes128gcm"}};
    return out;
}

Result<Sealed> seal_as_draft(std::string_view plaintext, const Recipient& to, const crypto::P256Key& once,
                             std::string_view salt) {
    const auto ours = TRY(once.public_point());
    const auto shared = TRY(once.agree(to.p256dh));
    const auto secret = derive(to.auth, shared, "Content-Encoding: auth\0"s, 32);
    const auto context = "P-256\0"s + with_length(to.p256dh) + with_length(ours);
    const auto key = derive(salt, secret, "Content-Encoding: aesgcm\0"s + context, key_bytes);
    const auto nonce = derive(salt, secret, "Content-Encoding: nonce\0"s + context, nonce_bytes);
    Sealed out;
    out.body = TRY(crypto::aes128_gcm_seal(key, nonce, "\0\0"s + std::string(plaintext)));  // no padding
    out.headers = {{"Content-Encoding", "aesgcm"}, {"Encryption", "salt=" + base64url_encode(salt)}};
    out.crypto_key = "dh=" + base64url_encode(ours) + ";";
    return out;
}

Result<std::string> vapid_token(const crypto::P256Key& key, std::string_view audience, std::string_view contact,
                                std::int64_t expires_at_seconds) {
    json::Writer w;
    w.object().member("aud", audience).member("exp", expires_at_seconds).member("sub", contact).end();
    const auto text = base64url_encode(R"({"typ":"JWT","alg":"ES256"})") + "." + base64url_encode(w.take());
    return text + "." + base64url_encode(TRY(key.sign(text)));
}

}  // namespace kith::push
