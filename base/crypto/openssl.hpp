#pragma once
#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

// What the files of this place share of OpenSSL. Not for others: the public headers do not name it.
namespace kith::crypto {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* held) const {
        release(held);
    }
};

using MdContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;

// Fetched once: in OpenSSL 3.0 every use of EVP_sha256() takes a lock and searches the providers.
const EVP_MD* sha256_method();

inline const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// The newest entry of this thread's error queue, which is emptied: for Error::detail.
std::string openssl_error();

}  // namespace kith::crypto
