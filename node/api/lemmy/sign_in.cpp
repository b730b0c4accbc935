// Signing in and up, second factors, and where one is signed in.
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/api/oauth/issue.hpp"
#include "node/api/oauth/sign_in_door.hpp"
#include "node/community/accounts.hpp"
#include "node/community/devices.hpp"
#include "node/community/password_reset.hpp"
#include "node/community/second_factor.hpp"
#include "node/community/sign_up.hpp"
#include "storage/repo/oauth.hpp"

namespace kith::lemmy {

namespace {

using http::Exchange;
using json::Writer;
using oauth::SignInDoor;

constexpr std::string_view app_name = "Lemmy API";
constexpr std::string_view scopes = "read write follow push";

// Tokens of this API belong to one application, made with the first of them.
Result<std::string> new_session(const ApiContext& api, Exchange& exchange, Id user) {
    auto& context = api.community;
    return context.db.write([&](sql::Tx& tx) -> Result<std::string> {
        auto app = TRY(repo::find_app_by_client_id(tx, app_name));
        if (!app) {
            model::OAuthApp made;
            made.id = context.ids.next();
            made.client_id = std::string(app_name);
            made.name = std::string(app_name);
            made.scopes = std::string(scopes);
            made.created_at = context.clock.now_ms();
            TRY(repo::insert_app(tx, made));
            app = made;
        }
        const auto issued = oauth::new_token(context, exchange, app->id, user, std::string(scopes));
        TRY(repo::insert_token(tx, issued.token));
        return issued.secret;
    });
}

Result<> answer_login(Exchange& exchange, std::string_view secret, bool waits, bool mailed) {
    Writer w;
    w.object();
    if (!secret.empty()) w.member("jwt", secret);
    w.member("registration_created", waits).member("verify_email_sent", mailed).end();
    return exchange.json(200, w.take());
}

Result<> refuse(Exchange& exchange, int status, std::string_view word, std::string_view sentence) {
    Writer w;
    w.object().member("error", word).member("message", sentence).end();
    return exchange.json(status, w.take());
}

// What the door says, in Lemmy's words.
Result<> refuse(Exchange& exchange, const SignInDoor::Outcome& outcome) {
    using Answer = SignInDoor::Answer;
    switch (outcome.answer) {
        case Answer::throttled:
            return fail(Code::rate_limited, outcome.text);
        case Answer::code_wanted:
            return refuse(exchange, 400, "missing_totp_token", outcome.text);
        case Answer::code_wrong:
            return refuse(exchange, 400, "incorrect_totp_token", outcome.text);
        default:
            break;
    }
    // The password was right, and who knows it is told why they wait (community::waits_for).
    if (outcome.text.starts_with("Your application was not approved")) return refuse(exchange, 400, "registration_denied", outcome.text);
    if (outcome.text == "Your login is currently pending approval") return refuse(exchange, 400, "registration_application_is_pending", outcome.text);
    if (outcome.text == "Your login is missing a confirmed e-mail address") return refuse(exchange, 400, "email_not_verified", outcome.text);
    return refuse(exchange, 401, "incorrect_login", outcome.text);
}

// Of a form that was not taken, what is wrong first. Before 1.0 what is taken "already exists".
std::string_view word_of(const ApiContext& api, const community::FieldError& error) {
    const bool taken = error.code == "ERR_TAKEN", blank = error.code == "ERR_BLANK";
    if (error.field == "captcha") return "captcha_incorrect";
    if (error.field == "username") return !taken ? "invalid_name" : api.shape ? "user_already_exists" : "username_already_taken";
    if (error.field == "email") return blank ? "email_required" : !taken ? "invalid_email_address" : api.shape ? "email_already_exists" : "email_already_taken";
    if (error.field == "password") return "invalid_password";
    if (error.field == "reason") return blank ? "registration_application_answer_required" : "invalid_body_field";
    return error.field == "invite_code" ? "invalid_invite_token" : "unknown";
}

// Everywhere: apps of every API, and browsers.
Result<> list_logins(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    Writer w;
    w.object().key("logins").array();
    for (const auto& device : TRY(community::devices(api.community, caller.user_id))) {
        const auto& row = device.row;
        w.object().member("user_id", caller.user_id).member("published_at", format_iso8601(row.made_at));
        w.member("user_agent", row.user_agent.empty() ? row.name : row.user_agent).end();
    }
    w.end().end();
    return exchange.json(200, w.take());
}

// As whoever knows the password: a stolen token is not enough. Refused in Lemmy's words.
Result<bool> has_password(const ApiContext& api, Exchange& exchange, const model::User& user, std::string_view password) {
    const auto outcome = TRY(api.door.confirm(exchange.client_address(), user, password, {}));
    if (outcome.answer == SignInDoor::Answer::entered) return true;
    TRY(refuse(exchange, outcome));
    return false;
}

Result<> mail_reset(const ApiContext& api, Exchange& exchange) {
    if (api.community.config.limits.rate && api.sign_ups->take(exchange.client_address().text()) > 0)
        return fail(Code::rate_limited, "Too many requests");
    TRY(community::mail_password_reset(api.community, TRY(exchange.params())->get_or("email", "")));
    return exchange.json(200, success());
}

Result<> change_after_reset(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    const auto fresh = params.get_or("password", "");
    if (fresh != params.get_or("password_verify", ""))
        return refuse(exchange, 400, "passwords_do_not_match", "The two passwords differ");
    TRY(community::reset_password(api.community, params.get_or("token", ""), fresh));
    return exchange.json(200, success());
}

Result<> generate_totp(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto user = TRY(community::user_by_id(api.community, caller.user_id));
    const auto offered = community::offer_second_factor(api.community, user);
    if (!offered && offered.error().code == Code::conflict)
        return refuse(exchange, 400, "totp_already_enabled", offered.error().safe_text);
    Writer w;
    w.object().member("totp_secret_url", TRY(Result<community::OfferedSecret>(offered)).uri).end();
    exchange.set_header("Cache-Control", "no-store");
    return exchange.json(200, w.take());
}

// Recovery codes are to be had on the member's page: this API has no place for them.
Result<> edit_totp(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto user = TRY(community::user_by_id(api.community, caller.user_id));
    const auto code = params.get_or("totp_token", "");
    const auto enable = params.flag("enabled");
    if (!enable) return fail(Code::unprocessable, "enabled is missing");
    if (*enable && !TRY(community::second_factor(api.community, user.id)).enabled) {
        const auto codes = community::enable_second_factor(api.community, user, code);
        if (!codes && codes.error().code == Code::not_found)
            return refuse(exchange, 400, "missing_totp_secret", codes.error().safe_text);
        if (!codes) return tl::unexpected(codes.error());
        if (!*codes) return refuse(exchange, 400, "incorrect_totp_token", "The code is wrong");
    } else {
        const auto outcome = TRY(api.door.confirm_code(exchange.client_address(), user, code));
        if (outcome.answer != SignInDoor::Answer::entered) return refuse(exchange, outcome);
        if (!*enable) TRY(community::remove_second_factor(api.community, user));
    }
    Writer w;
    w.object().member("enabled", *enable).end();
    return exchange.json(200, w.take());
}

}  // namespace

Result<> login(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    const auto outcome =
        TRY(api.door.enter(exchange.client_address(), params.get_or("username_or_email", ""),
                           params.get_or("password", ""), params.get_or("totp_2fa_token", "")));
    if (outcome.answer != SignInDoor::Answer::entered) return refuse(exchange, outcome);
    return answer_login(exchange, TRY(new_session(api, exchange, outcome.user->id)), false, false);
}

Result<> sign_up(const ApiContext& api, Exchange& exchange) {
    if (api.community.config.limits.rate && api.sign_ups->take(exchange.client_address().text()) > 0)
        return fail(Code::rate_limited, "Too many requests");
    const auto& params = *TRY(exchange.params());
    const auto password = params.get_or("password", "");
    if (password != params.get_or("password_verify", "")) {
        return refuse(exchange, 400, "passwords_do_not_match", "The two passwords differ");
    }
    // A field that people do not see, and programs fill in.
    if (!params.get_or("honeypot", "").empty()) return refuse(exchange, 400, "honeypot_failed", "This form is for people");
    if (!community::may_sign_up(api.community.config)) return refuse(exchange, 400, "registration_closed", "Nobody signs up here");
    const auto outcome = TRY(community::sign_up(api.community, {.name = std::string(params.get_or("username", "")),
                                                                .email = std::string(params.get_or("email", "")),
                                                                .password = std::string(password),
                                                                .reason = std::string(params.get_or("answer", "")),
                                                                .language = {},
                                                                .invite = std::string(params.get_or("token", "")),
                                                                .captcha_id = std::string(params.get_or("captcha_uuid", "")),
                                                                .captcha_answer = std::string(params.get_or("captcha_answer", "")),
                                                                .agreement = true,
                                                                .ip = exchange.client_address(),
                                                                .app_id = 0}));
    if (!outcome.user) {
        Writer w;
        const auto& first = outcome.errors.front();
        w.object().member("error", word_of(api, first));
        w.member("message", std::string(first.field) + " " + first.text).end();
        return exchange.json(400, w.take());
    }
    const auto waits = TRY(community::waits_for(api.community, outcome.user->id));
    if (!waits.empty()) return answer_login(exchange, "", true, !outcome.user->confirmed_at);
    return answer_login(exchange, TRY(new_session(api, exchange, outcome.user->id)), false, false);
}

Result<> logout(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    TRY(api.community.db.write([&](sql::Tx& tx) { return repo::revoke_token(tx, caller.token_id, api.community.clock.now_ms()); }));
    return exchange.json(200, success());
}

Result<> validate_token(const ApiContext& api, Exchange& exchange) {
    TRY(require_member(api, exchange));
    return exchange.json(200, success());
}

// All sessions end, this one too; the answer brings a new one.
Result<> change_password(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto fresh = params.get_or("new_password", "");
    if (fresh != params.get_or("new_password_verify", ""))
        return refuse(exchange, 400, "passwords_do_not_match", "The two passwords differ");
    const auto user = TRY(community::user_by_id(api.community, caller.user_id));
    if (!TRY(has_password(api, exchange, user, params.get_or("old_password", "")))) return {};
    TRY(community::set_password(api.community, TRY(community::actor_by_id(api.community, user.actor_id)).username, fresh));
    return answer_login(exchange, TRY(new_session(api, exchange, caller.user_id)), false, false);
}

Result<> delete_account(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto user = TRY(community::user_by_id(api.community, caller.user_id));
    if (!TRY(has_password(api, exchange, user, TRY(exchange.params())->get_or("password", "")))) return {};
    TRY(community::delete_person(api.community, TRY(community::actor_by_id(api.community, user.actor_id)).username));
    return exchange.json(200, success());
}

void add_sign_in_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/account/auth/login", login},
                   {"POST", "/api/v4/account/auth/register", sign_up},
                   {"POST", "/api/v4/account/auth/password_reset", mail_reset},
                   {"POST", "/api/v4/account/auth/logout", logout},
                   {"POST", "/api/v4/account/auth/password_change", change_after_reset},
                   {"POST", "/api/v4/account/auth/totp/generate", generate_totp},
                   {"POST", "/api/v4/account/auth/totp/edit", edit_totp},
                   {"GET", "/api/v4/account/login/list", list_logins},
                   {"GET", "/api/v4/account/validate_auth", validate_token},
                   {"PUT", "/api/v4/account/auth/change_password", change_password},
                   {"DELETE", "/api/v4/account", delete_account}});
}

}  // namespace kith::lemmy
