#pragma once
#include "node/community/context.hpp"

#include <optional>
#include <string>

namespace kith::community {

// What jobs do for the domain; node/main registers them.

// The next piece of a fan-out that was too long for its post's transaction. Gives the payload of
// the piece after it, or nothing when everybody is served.
Result<std::optional<std::string>> continue_fan_out(Context&, const std::string& payload);

// Keeps key pairs ready, so that a new account does not wait for an RSA key to be made.
Result<> fill_key_pool(Context&);

// Cuts homes to the rows that are kept, and forgets what is past its time (idempotency keys, events
// that everybody has had).
Result<> trim(Context&);

}  // namespace kith::community
