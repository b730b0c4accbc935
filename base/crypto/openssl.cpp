#include "base/crypto/openssl.hpp"

#include <array>
#include <cstdlib>

#include <openssl/err.h>

namespace kith::crypto {

const EVP_MD* sha256_method() {
    static const EVP_MD* method = [] {
        auto* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        if (fetched == nullptr) std::abort();  // an OpenSSL without its default provider
        return fetched;
    }();
    return method;
}

std::string openssl_error() {
    auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return {};
    std::array<char, 256> text;
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

}  // namespace kith::crypto
