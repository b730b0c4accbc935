#include "config/urls.hpp"

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"

namespace kith {

namespace {

constexpr std::size_t signature_bytes = 16;

bool is_remote(std::string_view stored) {
    return stored.starts_with("https://") || stored.starts_with("http://");
}

std::string signature(const std::string& key, std::string_view url) {
    return crypto::base64url_encode(crypto::hmac_sha256(key, url).substr(0, signature_bytes));
}

}  // namespace

std::string Urls::file(const std::string& stored) const {
    if (stored.starts_with('/')) return base_ + stored;
    if (file_key_.empty() || !is_remote(stored) || is_ours(stored)) return stored;
    return base_ + std::string(remote_files) + signature(file_key_, stored) + "/" + crypto::base64url_encode(stored);
}

std::optional<std::string> Urls::remote_file(std::string_view path) const {
    if (file_key_.empty() || !path.starts_with(remote_files)) return {};
    path.remove_prefix(remote_files.size());
    const auto slash = path.find('/');
    if (slash == path.npos) return {};
    auto url = crypto::base64url_decode(path.substr(slash + 1));
    if (!url || !crypto::constant_time_equal(path.substr(0, slash), signature(file_key_, *url))) return {};
    return url;
}

}  // namespace kith
