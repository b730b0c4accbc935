// The page by which people make accounts, on the same service as the API's way.
#include "node/community/sign_up.hpp"

#include "base/crypto/encoding.hpp"
#include "node/api/member/routes.hpp"
#include "node/api/member/sign_up_page.hpp"
#include "node/api/oauth/browser_session.hpp"
#include "node/api/oauth/page_answers.hpp"
#include "node/api/oauth/pages.hpp"
#include "node/api/oauth/sign_up_limiter.hpp"
#include "node/community/announcements.hpp"
#include "node/community/captcha.hpp"
#include "node/http/exchange.hpp"
#include "node/media/captcha_picture.hpp"
#include "storage/repo/sign_ups.hpp"

namespace kith::member {

namespace {

using community::Context;
using http::Exchange;
using oauth::answer_page;
using oauth::refuse_page;
using oauth::refuse_foreign_form;
using http::Params;

// How often one address may make an account, and be shown letters to read.
struct Limits {
    std::shared_ptr<RateLimiter> sign_ups, captchas;
    bool allows(const Context& context, RateLimiter& limiter, const Exchange& exchange) const {
        return !context.config.limits.rate || limiter.take(exchange.client_address().text()) == 0;
    }
};

// New letters with each form: whatever was answered, the last ones are gone by it.
Result<> show_captcha(Context& context, Exchange& exchange, const Limits& limits, SignUpPage& page) {
    if (!context.config.registration.captcha) return {};
    if (!limits.allows(context, *limits.captchas, exchange)) {
        page.error = "Too many attempts. Please wait a few minutes.";
        return {};
    }
    const auto made = TRY(community::make_captcha(context));
    page.captcha_id = made.id;
    page.captcha_png = crypto::base64_encode(media::captcha_picture(made.answer, context.random));
    exchange.set_header("Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    return {};
}

Result<> show_form(Context& context, Exchange& exchange, const Params& params, const Limits& limits, int status, std::string error,
                   std::vector<community::FieldError> errors) {
    const auto mode = context.config.registration.mode;
    const auto invite = std::string(params.get_or("invite_code", ""));
    SignUpPage page{.node = context.config.server.title,
                    .host = context.config.server.account_domain,
                    .error = std::move(error),
                    .name = std::string(params.get_or("username", "")),
                    .email = std::string(params.get_or("email", "")),
                    .reason = std::string(params.get_or("reason", "")),
                    .invite = invite,
                    .agreed = params.flag_or("agreement", false),
                    .captcha_id = {},
                    .captcha_png = {},
                    .asks_reason = mode == RegistrationMode::approval,
                    .asks_invite = mode != RegistrationMode::open || !invite.empty(),
                    .needs_invite = mode == RegistrationMode::invite,
                    .rules = TRY(community::rules(context)),
                    .errors = std::move(errors),
                    .carry = oauth::carried_fields(params)};
    TRY(show_captcha(context, exchange, limits, page));
    return answer_page(exchange, status, sign_up_page(page));
}

// What happens next, in words; empty where nothing is waited for.
std::string next_step(const model::SignUp& made, const std::string& email) {
    std::string out;
    if (!made.email_confirmed_at) out = "A mail is on its way to " + email + ": open the link in it. ";
    if (!made.approved_at)
        out += made.email_confirmed_at ? "A moderator reads your request now, before you can sign in."
                                       : "Then a moderator reads your request, before you can sign in.";
    else if (!made.email_confirmed_at)
        out += "Then you can sign in.";
    return out;
}

Result<> answer(Context& context, Exchange& exchange, const Params& params, const model::User& user) {
    const auto made = TRY(context.db.read([&](sql::Tx& tx) { return repo::find_sign_up(tx, user.id); }));
    const auto next = made ? next_step(*made, user.email) : std::string();
    const auto& title = context.config.server.title;
    if (!next.empty()) return answer_page(exchange, 200, oauth::notice_page(title, "Almost done", next));
    TRY(oauth::begin_session(context, exchange, user));
    if (const auto target = oauth::destination(params); target != "/") return exchange.redirect(target, 303);
    return answer_page(exchange, 200,
                oauth::notice_page(title, "Your account is made",
                                   "Sign in with any app for Mastodon or Lemmy: the address of this node is " +
                                       context.config.server.host + "."));
}

Result<> form(Context& context, const Limits& limits, Exchange& exchange) {
    if (!community::may_sign_up(context.config))
        return refuse_page(context, exchange, 403, "Nobody can make an account here at the moment.");
    return show_form(context, exchange, *TRY(exchange.params()), limits, 200, {}, {});
}

Result<> sign_up(Context& context, const Limits& limits, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    if (!oauth::is_same_site(exchange, context.urls))
        return refuse_foreign_form(context, exchange);
    const auto address = exchange.client_address();
    if (!limits.allows(context, *limits.sign_ups, exchange))
        return show_form(context, exchange, params, limits, 429, "Too many attempts. Please wait a few minutes.", {});
    auto outcome = community::sign_up(context, {.name = std::string(params.get_or("username", "")),
                                                .email = std::string(params.get_or("email", "")),
                                                .password = std::string(params.get_or("password", "")),
                                                .reason = std::string(params.get_or("reason", "")),
                                                .language = {},
                                                .invite = std::string(params.get_or("invite_code", "")),
                                                .captcha_id = std::string(params.get_or("captcha_id", "")),
                                                .captcha_answer = std::string(params.get_or("captcha_answer", "")),
                                                .agreement = params.flag_or("agreement", false),
                                                .ip = address,
                                                .app_id = 0});
    if (!outcome && outcome.error().code == Code::forbidden)
        return refuse_page(context, exchange, 403, "You cannot make an account here at the moment.");
    if (!outcome) return tl::unexpected(outcome.error());
    if (!outcome->user) return show_form(context, exchange, params, limits, 422, {}, std::move(outcome->errors));
    return answer(context, exchange, params, *outcome->user);
}

}  // namespace

void add_sign_up_routes(http::Router& router, Context& context) {
    const Limits limits{oauth::sign_up_limiter(context.clock), oauth::letter_limiter(context.clock)};
    router.add("GET", "/auth/sign_up", [&context, limits](Exchange& x) { return form(context, limits, x); });
    router.add("POST", "/auth/sign_up", [&context, limits](Exchange& x) { return sign_up(context, limits, x); });
}

void add_routes(http::Router& router, Context& context, oauth::SignInDoor& door) {
    add_security_routes(router, context, door);
    add_sign_up_routes(router, context);
    add_password_routes(router, context);
    add_group_team_routes(router, context);
}

}  // namespace kith::member
