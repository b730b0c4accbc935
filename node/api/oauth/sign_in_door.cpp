#include "node/api/oauth/sign_in_door.hpp"

#include "base/crypto/digest.hpp"
#include "base/text/fold.hpp"
#include "config/limits/oauth.hpp"
#include "node/community/accounts.hpp"
#include "node/community/second_factor.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/second_factors.hpp"

namespace kith::oauth {

using Outcome = SignInDoor::Outcome;

namespace {

constexpr std::size_t pending_bytes = 32;

std::string by_address(const IpAddress& address) { return "address " + address.text(); }
std::string by_name(std::string_view name) { return "name " + text::fold(name); }
// Whoever knows the password by any name of the account has the same few codes to try.
std::string by_account(const model::User& user) { return "code " + std::to_string(user.id); }

Outcome refused(SignInDoor::Answer answer, std::string text) { return {answer, {}, std::move(text), {}}; }
Outcome throttled() { return refused(SignInDoor::Answer::throttled, "Too many attempts. Please wait a few minutes."); }
Outcome code_wanted() {
    return refused(SignInDoor::Answer::code_wanted, "The code of your authenticator app, or a recovery code, is needed too");
}
Outcome entered(model::User user) { return {SignInDoor::Answer::entered, std::move(user), {}, {}}; }

}  // namespace

bool SignInDoor::allows(const std::string& one, const std::string& other) {
    return !context_.config.limits.rate || (throttle_.allows(one) && throttle_.allows(other));
}

void SignInDoor::failed(const std::string& one, const std::string& other) {
    throttle_.failed(one);
    throttle_.failed(other);
}

// A right password alone forgives nothing: whoever has it could try codes for ever.
Result<Outcome> SignInDoor::check_password(const IpAddress& address, std::string_view name, std::string_view password) {
    const auto from = by_address(address), whose = by_name(name);
    if (!allows(from, whose)) return throttled();
    auto user = community::sign_in(context_, name, password);
    if (user) return entered(std::move(*user));
    if (user.error().code != Code::unauthorized) return tl::unexpected(user.error());
    failed(from, whose);
    return refused(Answer::wrong, user.error().safe_text);
}

Result<Outcome> SignInDoor::check_code(const IpAddress& address, const model::User& user, std::string_view code) {
    const auto from = by_address(address), whose = by_account(user);
    if (!allows(from, whose)) return throttled();
    if (!TRY(community::use_second_factor(context_, user.id, code))) {
        failed(from, whose);
        return refused(Answer::code_wrong, "The code is wrong, or it was used already");
    }
    throttle_.succeeded(whose);
    return entered(user);
}

Result<Outcome> SignInDoor::enter(const IpAddress& address, std::string_view name, std::string_view password,
                                  std::string_view code) {
    auto outcome = TRY(check_password(address, name, password));
    if (outcome.answer != Answer::entered) return outcome;
    if (TRY(community::second_factor(context_, outcome.user->id)).enabled) {
        if (code.empty()) return code_wanted();
        outcome = TRY(check_code(address, *outcome.user, code));
    }
    if (outcome.answer == Answer::entered) throttle_.succeeded(by_name(name));
    return outcome;
}

Result<Outcome> SignInDoor::password(const IpAddress& address, std::string_view name, std::string_view password) {
    auto outcome = TRY(check_password(address, name, password));
    if (outcome.answer != Answer::entered) return outcome;
    const auto user = outcome.user->id;
    if (!TRY(community::second_factor(context_, user)).enabled) {
        throttle_.succeeded(by_name(name));
        return outcome;
    }
    outcome = code_wanted();
    outcome.pending = context_.random.token(pending_bytes);
    const auto now = context_.clock.now_ms();
    const model::PendingSignIn pending{crypto::hash_secret(outcome.pending), user, now + limits::pending_sign_in_ms};
    TRY(context_.db.write([&](sql::Tx& tx) { return repo::insert_pending_sign_in(tx, pending, now); }));
    return outcome;
}

Result<Outcome> SignInDoor::code(const IpAddress& address, std::string_view pending, std::string_view code) {
    const auto hash = crypto::hash_secret(pending);
    const auto user = TRY(context_.db.read([&](sql::Tx& tx) -> Result<std::optional<model::User>> {
        const auto found = TRY(repo::find_pending_sign_in(tx, hash, context_.clock.now_ms()));
        return found ? repo::find_user(tx, found->user_id) : Result<std::optional<model::User>>(std::nullopt);
    }));
    if (!user || user->disabled_at) return refused(Answer::expired, "That took too long. Please sign in again.");
    auto outcome = TRY(check_code(address, *user, code));
    if (outcome.answer == Answer::entered)
        TRY(context_.db.write([&](sql::Tx& tx) { return repo::delete_pending_sign_ins_of(tx, user->id); }));
    return outcome;
}

Result<Outcome> SignInDoor::confirm(const IpAddress& address, const model::User& user, std::string_view password,
                                    std::optional<std::string_view> code) {
    const auto actor = TRY(community::actor_by_id(context_, user.actor_id));
    auto outcome = TRY(check_password(address, actor.username, password));
    if (outcome.answer == Answer::entered && code && TRY(community::second_factor(context_, user.id)).enabled)
        outcome = TRY(check_code(address, user, *code));
    if (outcome.answer == Answer::entered) throttle_.succeeded(by_name(actor.username));
    return outcome;
}

Result<Outcome> SignInDoor::confirm_code(const IpAddress& address, const model::User& user, std::string_view code) {
    return check_code(address, user, code);
}

}  // namespace kith::oauth
