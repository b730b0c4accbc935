#pragma once
#include "base/core/clock.hpp"
#include "config/limits/oauth.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// One-time passwords of authenticator apps: RFC 6238 with HMAC-SHA-1 and steps of 30 seconds.
namespace kith::crypto {

// RFC 4226 5.3: `digits` decimal digits, at most 9.
std::string hotp(std::string_view secret, std::uint64_t counter, int digits = limits::totp_digits);

// RFC 6238 4.2: which step a time belongs to.
std::int64_t totp_step(TimeMs now);

// The step that a code is of, among those around now (limits::totp_steps_off_max) and later than
// `used`, the last one that was taken: so none is taken twice (RFC 6238 5.2). Nothing for a wrong code.
std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code, TimeMs now,
                                         std::int64_t used);

}  // namespace kith::crypto
