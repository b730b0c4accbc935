#include "base/crypto/digest.hpp"

#include <array>
#include <cstdlib>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/crypto/encoding.hpp"
#include "base/crypto/openssl.hpp"

namespace kith::crypto {
namespace {

std::string hmac(const char* digest, std::string_view key, std::string_view message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out;
    std::size_t length = 0;
    if (EVP_Q_mac(nullptr, "HMAC", nullptr, digest, nullptr, key.data(), key.size(),
                  as_bytes(message), message.size(), out.data(), out.size(), &length) == nullptr)
        std::abort();  // only without memory or with a broken OpenSSL
    return {reinterpret_cast<char*>(out.data()), length};
}

}  // namespace

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, 32> out;
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, sha256_method(), nullptr) != 1)
        std::abort();  // as above
    return {reinterpret_cast<char*>(out.data()), length};
}

std::string sha512(std::string_view bytes) {
    std::array<unsigned char, 64> out;
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, EVP_sha512(), nullptr) != 1)
        std::abort();  // as above
    return {reinterpret_cast<char*>(out.data()), length};
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
    return hmac("SHA256", key, message);
}

std::string hmac_sha1(std::string_view key, std::string_view message) {
    return hmac("SHA1", key, message);
}

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_secret(std::string_view token) { return base64url_encode(sha256(token)); }

}  // namespace kith::crypto
