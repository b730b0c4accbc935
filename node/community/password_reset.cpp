#include "node/community/password_reset.hpp"

#include "base/crypto/digest.hpp"
#include "base/crypto/password.hpp"
#include "base/text/strings.hpp"
#include "config/limits/oauth.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/devices.hpp"
#include "node/community/mail.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/password_resets.hpp"

namespace kith::community {

using sql::Tx;

namespace {

constexpr std::size_t token_bytes = 32;

Failure no_link() { return fail(Code::not_found, "This link was used already, is too old, or is not one of ours."); }

std::string letter(const Context& context, const std::string& token) {
    return "Somebody, hopefully you, wants a new password for your account on " + context.config.server.title +
           ".\n\nTo choose one, open\n\n" + context.urls.base() + "/auth/password/edit?token=" + token +
           "\n\nwithin an hour. If it was not you, do nothing: your password stays as it is.\n";
}

}  // namespace

bool can_reset_passwords(const Config& config) { return !config.mail.server.empty(); }

Result<> mail_password_reset(Context& context, std::string_view email) {
    if (!can_reset_passwords(context.config)) return fail(Code::forbidden, "This node cannot send mail: ask who runs it.");
    const auto folded = text::to_lower_ascii(text::trim(email));
    const auto token = context.random.token(token_bytes);
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto user = TRY(repo::find_user_by_email(tx, folded));
        if (!user || user->disabled_at) return {};
        const auto now = context.clock.now_ms();
        const auto before = TRY(repo::find_password_reset(tx, user->id));
        if (before && now < before->mailed_at + limits::password_reset_pause_ms) return {};
        TRY(repo::put_password_reset(tx, {.user_id = user->id,
                                          .token_hash = crypto::hash_secret(token),
                                          .mailed_at = now,
                                          .expires_at = now + limits::password_reset_ms}));
        return queue_mail(tx, context,
                          {.to = user->email,
                           .subject = "A new password for " + context.config.server.title,
                           .text = letter(context, token)});
    });
}

Result<> check_password_reset(Context& context, std::string_view token) {
    const auto hash = crypto::hash_secret(token);
    const auto found = TRY(context.db.read(
        [&](Tx& tx) { return repo::find_password_reset_by_token(tx, hash, context.clock.now_ms()); }));
    return found ? Result<>{} : no_link();
}

Result<> reset_password(Context& context, std::string_view token, std::string_view password) {
    TRY(check_new_password(password));
    TRY(check_password_reset(context, token));  // before the work of hashing
    const auto hash = TRY(crypto::password_hash(password, context.random));
    const auto token_hash = crypto::hash_secret(token);
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto now = context.clock.now_ms();
        const auto reset = TRY(repo::find_password_reset_by_token(tx, token_hash, now));
        if (!reset || !TRY(repo::use_password_reset(tx, token_hash, now))) return no_link();
        auto user = TRY(repo::find_user(tx, reset->user_id));
        if (!user || user->disabled_at) return no_link();
        user->password_hash = hash;
        TRY(repo::update_user(tx, *user));
        return sign_out_everywhere(tx, user->id, now);
    });
}

}  // namespace kith::community
