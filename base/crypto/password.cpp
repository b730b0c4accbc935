#include "base/crypto/password.hpp"

#include <array>
#include <cstdint>
#include <span>

#include <argon2.h>

#include "config/limits/base.hpp"

namespace kith::crypto {
namespace {

constexpr std::size_t salt_bytes = 16, hash_bytes = 32;

Result<std::string> hash_with_salt(std::string_view password, std::span<std::uint8_t> salt) {
    const auto room = argon2_encodedlen(limits::argon2_passes, limits::argon2_memory_kib,
                                        limits::argon2_lanes, salt_bytes, hash_bytes, Argon2_id);
    std::string encoded(room, '\0');
    const auto error = argon2id_hash_encoded(
        limits::argon2_passes, limits::argon2_memory_kib, limits::argon2_lanes, password.data(),
        password.size(), salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (error != ARGON2_OK)
        return fail(Code::internal, "the password could not be stored",
                    argon2_error_message(error));
    encoded.resize(encoded.find('\0'));
    return encoded;
}

std::string parameters_prefix() {
    return "$argon2id$v=19$m=" + std::to_string(limits::argon2_memory_kib) +
           ",t=" + std::to_string(limits::argon2_passes) +
           ",p=" + std::to_string(limits::argon2_lanes) + "$";
}

}  // namespace

Result<std::string> password_hash(std::string_view password, Random& random) {
    if (password.size() > limits::password_bytes_max)
        return fail(Code::unprocessable, "the password is too long");
    std::array<std::uint8_t, salt_bytes> salt;
    random.fill(salt);
    return hash_with_salt(password, salt);
}

bool password_verify(std::string_view password, const std::string& encoded) {
    if (password.size() > limits::password_bytes_max) return false;
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

void password_verify_absent(std::string_view password) {
    std::array<std::uint8_t, salt_bytes> salt{};
    if (password.size() <= limits::password_bytes_max) (void)hash_with_salt(password, salt);
}

bool password_needs_rehash(std::string_view encoded) {
    return !encoded.starts_with(parameters_prefix());
}

}  // namespace kith::crypto
