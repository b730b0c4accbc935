#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A member's second factor: codes of an authenticator app (RFC 6238), and recovery codes for the day
// the app is lost. Each code is taken once.
namespace kith::community {

struct SecondFactorState {
    bool enabled = false;
    std::int64_t recovery_codes_left = 0;
};
Result<SecondFactorState> second_factor(Context&, Id user);

// What the app is told: the secret as base32, and as the URI of a QR code.
struct OfferedSecret {
    std::string secret, uri;
};
// A fresh one, in the place of one that was offered before. Nothing is asked for until a code shows
// that the app has it. Code::conflict where one is switched on.
Result<OfferedSecret> offer_second_factor(Context&, const model::User&);
// The one that waits for its first code; Code::not_found where none does.
Result<OfferedSecret> offered_second_factor(Context&, const model::User&);

// By the first code: recovery codes, which are told this once; nothing where the code is wrong.
// Code::not_found where no secret was offered.
Result<std::optional<std::vector<std::string>>> enable_second_factor(Context&, const model::User&, std::string_view code);

// Takes a code of the app, or a recovery code. False for a wrong one, for one that was used before, and
// where there is no second factor.
Result<bool> use_second_factor(Context&, Id user, std::string_view code);

// In the place of those before.
Result<std::vector<std::string>> renew_recovery_codes(Context&, Id user);

// The member is told by mail, where there is mail. Code::not_found where there is none.
Result<> remove_second_factor(Context&, const model::User&);

}  // namespace kith::community
