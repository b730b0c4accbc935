#pragma once
#include <string>
#include <string_view>

#include "base/core/random.hpp"
#include "base/core/result.hpp"

// Passwords at rest: argon2id (RFC 9106) in the PHC string format
// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash". One call takes some 20 ms and
// limits::argon2_memory_kib of memory: callers limit how many run at once. Thread-safe.
namespace kith::crypto {

// Code::unprocessable for more than limits::password_bytes_max bytes; Code::internal without
// memory.
Result<std::string> password_hash(std::string_view password, Random&);

// Whether the password belongs to the stored text; false for a text that is no argon2id.
bool password_verify(std::string_view password, const std::string& encoded);

// Spends the time of password_verify: for a name that nobody has, so that the answer's delay does
// not tell which names exist.
void password_verify_absent(std::string_view password);

// Whether the text was made with other parameters than today's: hash again at the next log-in.
bool password_needs_rehash(std::string_view encoded);

}  // namespace kith::crypto
