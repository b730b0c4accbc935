#pragma once
#include "config/address.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/sign_up.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// People make accounts for themselves, as far as registration.mode lets them. Until the address is
// confirmed and a moderator agreed, where either is asked for, the account can do nothing and nobody
// sees it.
namespace kith::community {

struct SignUpForm {
    std::string name, email, password, reason, language, invite;
    std::string captcha_id, captcha_answer;
    bool agreement = false;
    IpAddress ip;
    Id app_id = 0;
};

// Why a field is not taken, in Mastodon's words ("ERR_TAKEN").
struct FieldError {
    std::string_view field, code;
    std::string text;
};
struct SignUpOutcome {
    std::optional<model::User> user;
    std::vector<FieldError> errors;  // empty where there is a user
};
// Code::forbidden where nobody may sign up, or not from this address.
Result<SignUpOutcome> sign_up(Context&, const SignUpForm&);

// Whether sign-up is possible at all now: the mode says so, and mail can be sent where it is needed.
bool may_sign_up(const Config&);

// By the link of the mail; Code::not_found for one that is none (any more).
Result<> confirm_email(Context&, std::string_view token);
// The mail once more. Code::forbidden where it is confirmed, Code::rate_limited right after the last.
Result<> mail_confirmation(Context&, Id user);

// The same by its address; nothing, and no word of it, where nobody waits with it or a mail was sent just now.
Result<> mail_confirmation_again(Context&, std::string_view email);

// What an account that may do nothing yet waits for, in words; empty where it does not wait.
Result<std::string> waits_for(Context&, Id user);

// Code::not_found for who is not waiting.
Result<> approve_account(Context&, Id actor, std::optional<Id> by = {});
Result<> reject_account(Context&, Id actor);
// It goes on waiting, is told why, and may be approved later on.
Result<> deny_account(Context&, Id actor, Id by, std::string_view reason);

struct NewInvite {
    std::optional<std::int64_t> uses_max;
    std::optional<TimeMs> expires_at;
};
// The code, which is told this once.
Result<std::string> make_invite(Context&, const NewInvite&);
Result<> revoke_invite(Context&, Id);  // Code::not_found
Result<std::vector<model::Invite>> invites(Context&);

}  // namespace kith::community
