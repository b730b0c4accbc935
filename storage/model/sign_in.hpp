#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// What a member's authenticator app shares with us. Kept as private keys are: a code can only be
// checked with the secret itself.
struct SecondFactor {
    Id user_id = 0;
    std::string secret;  // raw bytes
    TimeMs offered_at = 0;
    std::optional<TimeMs> enabled_at;  // none: shown to the member, who has not typed a code yet
    std::int64_t last_step = 0;        // RFC 6238: the last one that a code was taken of
};

// The password was right, the code is still to come.
struct PendingSignIn {
    std::string token_hash;
    Id user_id = 0;
    TimeMs expires_at = 0;
};

// A link that was mailed to who forgot their password. One an account.
struct PasswordReset {
    Id user_id = 0;
    std::string token_hash;
    TimeMs mailed_at = 0, expires_at = 0;
};

}  // namespace kith::model
