#include "node/community/sign_up.hpp"

#include "base/crypto/digest.hpp"
#include "base/text/email.hpp"
#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "config/limits/sign_up.hpp"
#include "node/community/accounts.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/captcha.hpp"
#include "node/community/mail.hpp"
#include "node/community/notifications.hpp"
#include "node/community/sign_up_blocks.hpp"
#include "node/community/site_settings.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/reports.hpp"
#include "storage/repo/sign_ups.hpp"

namespace kith::community {

using model::SignUp;
using model::User;
using sql::Tx;

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t invite_bytes = 12;

// What can be said of the form alone, and of what is here already.
Result<std::vector<FieldError>> errors_of(Context& context, const SignUpForm& form) {
    std::vector<FieldError> out;
    const auto refuse = [&](std::string_view field, std::string_view code, std::string text) {
        out.push_back({field, code, std::move(text)});
    };
    if (form.name.empty())
        refuse("username", "ERR_BLANK", "can't be blank");
    else if (!check_new_name(form.name))
        refuse("username", "ERR_INVALID", "must contain only letters, numbers and underscores");
    else if (TRY(context.db.read([&](Tx& tx) { return repo::find_actor_by_name(tx, text::fold(form.name), ""); })))
        refuse("username", "ERR_TAKEN", "has already been taken");
    const auto email = text::to_lower_ascii(std::string_view(form.email));
    if (email.empty())
        refuse("email", "ERR_BLANK", "can't be blank");
    else if (!text::is_email_address(email))
        refuse("email", "ERR_INVALID", "is invalid");
    else if (TRY(context.db.read([&](Tx& tx) { return repo::find_user_by_email(tx, email); })))
        refuse("email", "ERR_TAKEN", "has already been taken");
    if (form.password.empty())
        refuse("password", "ERR_BLANK", "can't be blank");
    else if (utf8::length(form.password) < limits::password_characters_min)
        refuse("password", "ERR_TOO_SHORT",
               "is too short (minimum is " + std::to_string(limits::password_characters_min) + " characters)");
    if (!form.agreement) refuse("agreement", "ERR_ACCEPTED", "must be accepted");
    if (context.config.registration.mode == RegistrationMode::approval && text::trim(form.reason).empty() &&
        form.invite.empty())
        refuse("reason", "ERR_BLANK", "can't be blank");
    if (utf8::length(form.reason) > limits::sign_up_reason_characters_max)
        refuse("reason", "ERR_TOO_LONG", "is too long");
    return out;
}

std::string confirmation_text(const Context& context, const std::string& token) {
    return "Welcome to " + context.config.server.title + "!\n\nPlease confirm that this is your address by opening\n\n" +
           context.urls.base() + "/auth/confirm?token=" + token +
           "\n\nIf you did not sign up, do nothing: without this the account will never be used.\n";
}

Result<> send_confirmation(Tx& tx, Context& context, SignUp& sign_up, const std::string& email) {
    const auto token = context.random.token(token_bytes);
    sign_up.confirm_hash = crypto::hash_secret(token);
    sign_up.mailed_at = context.clock.now_ms();
    return queue_mail(tx, context,
                      {.to = email,
                       .subject = "Confirm your address for " + context.config.server.title,
                       .text = confirmation_text(context, token)});
}

// Once nothing is waited for, the account is as any other.
Result<> let_in(Tx& tx, Context& context, const SignUp& sign_up) {
    TRY(repo::update_sign_up(tx, sign_up));
    if (sign_up.waits()) return {};
    auto user = TRY(repo::find_user(tx, sign_up.user_id));
    if (!user) return fail(Code::not_found, "Record not found");
    user->confirmed_at = context.clock.now_ms();
    TRY(repo::update_user(tx, *user));
    return repo::set_suspended(tx, sign_up.actor_id, {});
}

Result<SignUp> waiting(Tx& tx, Id actor) {
    const auto found = TRY(repo::find_sign_up_of_actor(tx, actor));
    if (!found || found->approved_at) return fail(Code::not_found, "Record not found");
    return *found;
}

}  // namespace

bool may_sign_up(const Config& config) {
    return config.registration.mode != RegistrationMode::closed &&
           (!config.registration.confirm_email || !config.mail.server.empty());
}

Result<SignUpOutcome> sign_up(Context& context, const SignUpForm& form) {
    const auto& registration = context.config.registration;
    if (!may_sign_up(context.config)) return fail(Code::forbidden, "This action is not allowed");
    SignUpOutcome outcome{.user = {}, .errors = TRY(errors_of(context, form))};
    const auto blocks = TRY(sign_up_blocks(context, form.ip, form.email));
    if (blocks.refused) return fail(Code::forbidden, "This action is not allowed");
    if (blocks.email_blocked)
        outcome.errors.push_back({"email", "ERR_BLOCKED", "uses an e-mail provider that is not allowed here"});
    // Last, because it is used up by that.
    if (outcome.errors.empty() && registration.captcha && !TRY(solves_captcha(context, form.captcha_id, form.captcha_answer)))
        outcome.errors.push_back({"captcha", "ERR_INVALID", "is wrong or too old"});
    if (!outcome.errors.empty()) return outcome;

    const auto now = context.clock.now_ms();
    std::optional<Id> invite;
    if (!form.invite.empty() || registration.mode == RegistrationMode::invite) {
        invite = TRY(context.db.write([&](Tx& tx) {
            return repo::use_invite(tx, crypto::hash_secret(form.invite), now);
        }));
        if (!invite) {
            outcome.errors.push_back({"invite_code", "ERR_INVALID", "is invalid"});
            return outcome;
        }
    }
    const bool approved = !blocks.needs_approval && (registration.mode != RegistrationMode::approval || invite);
    SignUp made{.user_id = 0,
                .actor_id = 0,
                .reason = form.reason,
                .ip = form.ip.text(),
                .app_id = form.app_id,
                .invite_id = invite,
                .confirm_hash = {},
                .email_confirmed_at = registration.confirm_email ? std::nullopt : std::optional(now),
                .approved_at = approved ? std::optional(now) : std::nullopt};
    auto user = TRY(create_person(context, {.name = form.name,
                                            .email = form.email,
                                            .password = form.password,
                                            .language = form.language,
                                            .waiting = made.waits()}));
    made.user_id = user.id;
    made.actor_id = user.actor_id;
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        if (!made.email_confirmed_at) TRY(send_confirmation(tx, context, made, user.email));
        TRY(repo::insert_sign_up(tx, made));
        for (const auto moderator : TRY(repo::report_handlers(tx)))
            TRY(notify(tx, context, moderator, model::NotificationKind::admin_sign_up, user.actor_id, {}));
        if (!made.approved_at && TRY(site_settings(tx)).mail_applications)
            TRY(mail_team(tx, context, {.to = {},
                                        .subject = "Somebody asks to be let in",
                                        .text = form.name + " asks for an account on " + context.config.server.title + ":\n\n" + form.reason + "\n"}));
        return {};
    }));
    outcome.user = std::move(user);
    return outcome;
}

Result<> confirm_email(Context& context, std::string_view token) {
    const auto hash = crypto::hash_secret(token);
    return context.db.write([&](Tx& tx) -> Result<> {
        auto found = TRY(repo::find_sign_up_by_confirmation(tx, hash));
        if (!found) return fail(Code::not_found, "This link was used already, or it is not one of ours.");
        found->confirm_hash.clear();
        found->email_confirmed_at = context.clock.now_ms();
        return let_in(tx, context, *found);
    });
}

Result<> mail_confirmation(Context& context, Id user_id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto found = TRY(repo::find_sign_up(tx, user_id));
        if (!found || found->email_confirmed_at)
            return fail(Code::forbidden, "This method is only available while the e-mail is awaiting confirmation");
        if (context.clock.now_ms() < found->mailed_at + limits::confirmation_pause_ms)
            return fail(Code::rate_limited, "Too many requests");
        const auto user = TRY(repo::find_user(tx, user_id));
        if (!user) return fail(Code::not_found, "Record not found");
        TRY(send_confirmation(tx, context, *found, user->email));
        return repo::update_sign_up(tx, *found);
    });
}

Result<> mail_confirmation_again(Context& context, std::string_view email) {
    const auto user = TRY(context.db.read([folded = text::to_lower_ascii(email)](Tx& tx) { return repo::find_user_by_email(tx, folded); }));
    if (!user) return {};
    auto sent = mail_confirmation(context, user->id);
    if (!sent && (sent.error().code == Code::forbidden || sent.error().code == Code::rate_limited)) return {};
    return sent;
}

Result<std::string> waits_for(Context& context, Id user) {
    return context.db.read([user](Tx& tx) -> Result<std::string> {
        const auto found = TRY(repo::find_sign_up(tx, user));
        if (!found || !found->waits()) return std::string();
        if (found->denied_at)
            return "Your application was not approved" + (found->deny_reason.empty() ? std::string() : ": " + found->deny_reason);
        return std::string(found->email_confirmed_at ? "Your login is currently pending approval"
                                                     : "Your login is missing a confirmed e-mail address");
    });
}

Result<> approve_account(Context& context, Id actor, std::optional<Id> by) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto found = TRY(waiting(tx, actor));
        found.approved_at = context.clock.now_ms();
        found.denied_at.reset();
        found.deny_reason.clear();
        found.decided_by = by;
        TRY(let_in(tx, context, found));
        if (context.config.mail.server.empty()) return {};
        const auto user = TRY(repo::find_user(tx, found.user_id));
        return queue_mail(tx, context,
                          {.to = user->email,
                           .subject = "Your account on " + context.config.server.title,
                           .text = "Your account was approved. You can sign in now:\n\n" + context.urls.base() + "\n"});
    });
}

Result<> reject_account(Context& context, Id actor) {
    return context.db.write([&](Tx& tx) -> Result<> { return repo::forget_sign_up(tx, TRY(waiting(tx, actor))); });
}

Result<> deny_account(Context& context, Id actor, Id by, std::string_view reason) {
    if (utf8::length(reason) > limits::sign_up_reason_characters_max) return fail(Code::unprocessable, "Validation failed: the reason is too long");
    return context.db.write([&context, actor, by, reason = std::string(reason)](Tx& tx) -> Result<> {
        auto found = TRY(waiting(tx, actor));
        found.denied_at = context.clock.now_ms();
        found.deny_reason = reason;
        found.decided_by = by;
        TRY(repo::update_sign_up(tx, found));
        const auto user = TRY(repo::find_user(tx, found.user_id));
        if (!user || context.config.mail.server.empty()) return {};
        return queue_mail(tx, context,
                          {.to = user->email,
                           .subject = "Your account on " + context.config.server.title,
                           .text = "Your account was not approved." + (reason.empty() ? std::string("\n") : "\n\n" + reason + "\n")});
    });
}

Result<std::string> make_invite(Context& context, const NewInvite& asked) {
    auto code = context.random.token(invite_bytes);
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        if (TRY(repo::invites(tx)).size() >= limits::invites_max)
            return fail(Code::unprocessable, "there are too many invites: revoke some");
        return repo::insert_invite(tx, {.id = context.ids.next(),
                                        .code_hash = crypto::hash_secret(code),
                                        .uses_max = asked.uses_max,
                                        .uses = 0,
                                        .expires_at = asked.expires_at,
                                        .created_at = context.clock.now_ms()});
    }));
    return code;
}

Result<> revoke_invite(Context& context, Id id) {
    return context.db.write([id](Tx& tx) -> Result<> {
        if (!TRY(repo::delete_invite(tx, id))) return fail(Code::not_found, "there is no such invite");
        return {};
    });
}

Result<std::vector<model::Invite>> invites(Context& context) {
    return context.db.read([](Tx& tx) { return repo::invites(tx); });
}

}  // namespace kith::community
