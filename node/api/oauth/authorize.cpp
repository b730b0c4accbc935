// The pages of the authorization code flow (RFC 6749 4.1, RFC 7636): sign in, consent, and the code
// on a page where the client has no address to send the browser to.
#include "base/crypto/digest.hpp"
#include "base/text/url.hpp"
#include "config/limits/oauth.hpp"
#include "node/api/oauth/browser_session.hpp"
#include "node/api/oauth/carried.hpp"
#include "node/api/oauth/page_answers.hpp"
#include "node/api/oauth/pages.hpp"
#include "node/api/oauth/redirect_uri.hpp"
#include "node/api/oauth/routes.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/api/oauth/sign_in_door.hpp"
#include "node/community/password_reset.hpp"
#include "node/community/sign_up.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"
#include "storage/repo/oauth.hpp"

namespace kith::oauth {

namespace {

using community::Context;
using http::Exchange;
using http::Params;

// What a client asks for, checked.
struct Asked {
    model::OAuthApp app;
    std::vector<std::string> scopes;
    std::string redirect_uri, state, challenge;
};

// Nothing is sent to a redirect URI before it is known to be the client's (RFC 9700 4.11).
Result<Asked> asked_of(Context& context, const Params& params) {
    Asked asked;
    auto app = TRY(context.db.read([&](sql::Tx& tx) {
        return repo::find_app_by_client_id(tx, params.get_or("client_id", ""));
    }));
    if (!app) return fail(Code::invalid, "This app is not registered here.");
    asked.app = std::move(*app);
    asked.redirect_uri = params.get_or("redirect_uri", "");
    if (!is_registered(asked.redirect_uri, asked.app.redirect_uris))
        return fail(Code::invalid, "The redirect URI is not one that the app registered.");
    if (params.get_or("response_type", "") != "code")
        return fail(Code::invalid, "The response type is not \"code\".");
    asked.scopes = parse_scopes(params.get_or("scope", "read"));
    auto registered = parse_scopes(asked.app.scopes);
    for (const auto& scope : asked.scopes)
        if (!covers(registered, scope))
            return fail(Code::invalid, "The app asks for the permission \"" + scope +
                                           "\", which it did not register.");
    asked.state = params.get_or("state", "");
    asked.challenge = params.get_or("code_challenge", "");
    if (!asked.challenge.empty() && params.get_or("code_challenge_method", "plain") != "S256")
        return fail(Code::invalid, "The code challenge method is not S256.");
    return asked;
}

// Browsers hold form-action against the redirect that follows a form, so the client's address is
// named.
void allow_redirect_to(Exchange& exchange, const std::string& redirect_uri) {
    if (redirect_uri == out_of_band) return;
    auto url = Url::parse(redirect_uri);
    auto source = url ? url->origin() : redirect_uri.substr(0, redirect_uri.find(':') + 1);
    exchange.set_header(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' " + source +
            "; frame-ancestors 'none'; base-uri 'none'");
}

Result<> show_consent(Context& context, Exchange& exchange, const Params& params,
                      const Asked& asked, const SignedIn& who) {
    ConsentPage page{.node = context.config.server.title,
                     .app = asked.app.name,
                     .website = asked.app.website,
                     .name = who.actor.name.empty() ? who.actor.username : who.actor.name,
                     .acct = who.actor.username,
                     .csrf = who.session.csrf_token,
                     .permissions = {},
                     .carry = carried_fields(params)};
    for (const auto& scope : asked.scopes) page.permissions.push_back(permission_in_words(scope));
    allow_redirect_to(exchange, asked.redirect_uri);
    return answer_page(exchange, 200, consent_page(page));
}

// What somebody signs in for, where a client sent them; else "".
Result<std::string> app_name(Context& context, const Params& params) {
    const auto client_id = params.get_or("client_id", "");
    if (client_id.empty()) return std::string();
    const auto app = TRY(context.db.read([&](sql::Tx& tx) { return repo::find_app_by_client_id(tx, client_id); }));
    return app ? app->name : std::string();
}

Result<> show_sign_in(Context& context, Exchange& exchange, const Params& params, int status, std::string error) {
    SignInPage page{.node = context.config.server.title,
                    .app = TRY(app_name(context, params)),
                    .error = std::move(error),
                    .name = std::string(params.get_or("username", "")),
                    .sign_up = community::may_sign_up(context.config),
                    .forgotten = community::can_reset_passwords(context.config),
                    .carry = carried_fields(params)};
    return answer_page(exchange, status, sign_in_page(page));
}

Result<> authorize(Context& context, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    auto asked = asked_of(context, params);
    if (!asked)
        return refuse_page(context, exchange, 400, asked.error().safe_text);
    auto who = TRY(signed_in(context, exchange));
    if (!who || params.flag_or("force_login", false))
        return show_sign_in(context, exchange, params, 200, {});
    return show_consent(context, exchange, params, *asked, *who);
}

Result<std::string> issue_code(Context& context, const Asked& asked, const SignedIn& who) {
    auto secret = context.random.token(32);
    model::OAuthCode code;
    code.code_hash = crypto::hash_secret(secret);
    code.app_id = asked.app.id;
    code.user_id = who.user.id;
    code.redirect_uri = asked.redirect_uri;
    code.scopes = join_scopes(asked.scopes);
    code.challenge = asked.challenge;
    const auto now = context.clock.now_ms();
    code.expires_at = now + limits::oauth_code_ms;
    TRY(context.db.write([&](sql::Tx& tx) -> Result<> {
        TRY(repo::delete_codes_before(tx, now - day_ms));
        return repo::insert_code(tx, code);
    }));
    return secret;
}

Result<> decide(Context& context, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    auto asked = asked_of(context, params);
    if (!asked)
        return refuse_page(context, exchange, 400, asked.error().safe_text);
    auto who = TRY(signed_in(context, exchange));
    if (!who)
        return show_sign_in(context, exchange, params, 401, "Please sign in first.");
    if (!is_own_form(params.get_or("csrf", ""), *who)) return refuse_foreign_form(context, exchange);
    const bool allowed = params.get_or("decision", "") == "allow";
    const bool on_page = asked->redirect_uri == out_of_band;
    if (!allowed && on_page)
        return answer_page(exchange, 200,
                    notice_page(context.config.server.title, "Nothing was allowed", asked->app.name + " cannot act for you. You can close this page."));
    auto target = asked->redirect_uri;
    if (allowed) {
        auto code = TRY(issue_code(context, *asked, *who));
        if (on_page)
            return answer_page(exchange, 200,
                        code_page(context.config.server.title, asked->app.name, code));
        target = with_parameter(std::move(target), "code", code);
    } else {
        target = with_parameter(std::move(target), "error", "access_denied");
    }
    if (!asked->state.empty()) target = with_parameter(std::move(target), "state", asked->state);
    allow_redirect_to(exchange, asked->redirect_uri);
    return exchange.redirect(target, 303);
}

int status_of(SignInDoor::Answer answer) {
    return answer == SignInDoor::Answer::throttled ? 429 : 401;
}

Result<> show_code(Context& context, Exchange& exchange, const Params& params, int status,
                   std::string pending, std::string error) {
    CodePage page{.node = context.config.server.title,
                  .error = std::move(error),
                  .pending = std::move(pending),
                  .carry = carried_fields(params)};
    return answer_page(exchange, status, code_wanted_page(page));
}

Result<> sign_in(Context& context, SignInDoor& door, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    if (!is_same_site(exchange, context.urls)) return refuse_foreign_form(context, exchange);
    auto outcome = TRY(door.password(exchange.client_address(), params.get_or("username", ""),
                                     params.get_or("password", "")));
    if (outcome.answer == SignInDoor::Answer::code_wanted)
        return show_code(context, exchange, params, 200, std::move(outcome.pending), {});
    if (outcome.answer != SignInDoor::Answer::entered)
        return show_sign_in(context, exchange, params, status_of(outcome.answer), outcome.text);
    TRY(begin_session(context, exchange, *outcome.user));
    return exchange.redirect(destination(params), 303);
}

// The second step, for who has a second factor.
Result<> take_code(Context& context, SignInDoor& door, Exchange& exchange) {
    using Answer = SignInDoor::Answer;
    const auto& params = *TRY(exchange.params());
    if (!is_same_site(exchange, context.urls)) return refuse_foreign_form(context, exchange);
    const auto pending = params.get_or("pending", "");
    auto outcome = TRY(door.code(exchange.client_address(), pending, params.get_or("code", "")));
    if (outcome.answer == Answer::expired)
        return show_sign_in(context, exchange, params, status_of(outcome.answer), outcome.text);
    if (outcome.answer != Answer::entered)
        return show_code(context, exchange, params, status_of(outcome.answer), std::string(pending), outcome.text);
    TRY(begin_session(context, exchange, *outcome.user));
    return exchange.redirect(destination(params), 303);
}

Result<> sign_out(Context& context, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    auto who = TRY(signed_in(context, exchange));
    if (who && !is_own_form(params.get_or("csrf", ""), *who)) return refuse_foreign_form(context, exchange);
    TRY(end_session(context, exchange));
    return exchange.redirect(destination(params), 303);
}

}  // namespace

void add_authorize_routes(http::Router& router, Context& context, SignInDoor& door) {
    router.before("/oauth/authorize", http::protect_page);
    router.before("/auth", http::protect_page);
    router.add("GET", "/oauth/authorize",
               [&context](Exchange& x) { return authorize(context, x); });
    router.add("POST", "/oauth/authorize", [&context](Exchange& x) { return decide(context, x); });
    router.add("GET", "/auth/sign_in", [&context](Exchange& x) -> Result<> {
        return show_sign_in(context, x, *TRY(x.params()), 200, {});
    });
    router.add("POST", "/auth/sign_in",
               [&context, &door](Exchange& x) { return sign_in(context, door, x); });
    router.add("POST", "/auth/sign_in/code",
               [&context, &door](Exchange& x) { return take_code(context, door, x); });
    router.add("POST", "/auth/sign_out", [&context](Exchange& x) { return sign_out(context, x); });
}

}  // namespace kith::oauth
