// POST /oauth/token, POST /oauth/revoke and the server's metadata (RFC 6749 3.2, RFC 7009, RFC
// 8414).
#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "node/api/oauth/browser_session.hpp"
#include "node/api/oauth/issue.hpp"
#include "node/api/oauth/redirect_uri.hpp"
#include "node/api/oauth/routes.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/api/oauth/sign_in_door.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"
#include "storage/repo/oauth.hpp"

namespace kith::oauth {

Issued new_token(community::Context& context, http::Exchange& exchange, Id app, std::optional<Id> user,
                 std::string scopes) {
    Issued issued;
    issued.secret = context.random.token(32);
    issued.token.id = context.ids.next();
    issued.token.token_hash = crypto::hash_secret(issued.secret);
    issued.token.app_id = app;
    issued.token.user_id = user;
    issued.token.scopes = std::move(scopes);
    issued.token.created_at = context.clock.now_ms();
    issued.token.user_agent = user_agent_of(exchange);
    return issued;
}

Result<> answer_token(http::Exchange& exchange, const Issued& issued) {
    json::Writer w;
    w.object()
        .member("access_token", issued.secret)
        .member("token_type", "Bearer")
        .member("scope", issued.token.scopes);
    w.member("created_at", issued.token.created_at / second_ms).end();
    exchange.set_header("Cache-Control", "no-store");
    return exchange.json(200, w.take());
}

namespace {

using community::Context;
using http::Exchange;
using http::Params;
using model::OAuthApp;
using model::OAuthToken;

// RFC 6749 5.2 wants its own words in `error`; toot and others print `error_description`.
Result<> refuse(Exchange& exchange, int status, std::string_view error,
                std::string_view description) {
    json::Writer w;
    w.object().member("error", error).member("error_description", description).end();
    return exchange.json(status, w.take());
}

Result<> refuse_client(Exchange& exchange) {
    return refuse(exchange, 401, "invalid_client",
                  "Client authentication failed due to unknown client, no client authentication "
                  "included, or unsupported authentication method.");
}

Result<> refuse_grant(Exchange& exchange) {
    return refuse(
        exchange, 400, "invalid_grant",
        "The provided authorization grant is invalid, expired, revoked, does not match the "
        "redirection URI used in the authorization request, or was issued to another client.");
}

struct ClientCredentials {
    std::string id, secret;
};

// client_secret_basic or client_secret_post.
ClientCredentials credentials_of(Exchange& exchange, const Params& params) {
    auto header = exchange.header("authorization");
    if (text::starts_with_i(header, "basic ")) {
        auto decoded = crypto::base64_decode(text::trim(header.substr(6))).value_or("");
        auto colon = decoded.find(':');
        if (colon != decoded.npos)
            return {text::percent_decode(decoded.substr(0, colon)).value_or(""),
                    text::percent_decode(decoded.substr(colon + 1)).value_or("")};
    }
    return {std::string(params.get_or("client_id", "")),
            std::string(params.get_or("client_secret", ""))};
}

Result<std::optional<OAuthApp>> authenticated_app(Context& context,
                                                  const ClientCredentials& given) {
    auto app = TRY(
        context.db.read([&](sql::Tx& tx) { return repo::find_app_by_client_id(tx, given.id); }));
    if (!app || !crypto::constant_time_equal(crypto::hash_secret(given.secret), app->secret_hash))
        return std::optional<OAuthApp>{};
    return app;
}

// RFC 7636 4.6: only S256 (GoToSocial and RFC 9700 dropped `plain` for good reasons).
bool proves(std::string_view verifier, std::string_view challenge) {
    if (challenge.empty()) return true;
    return crypto::constant_time_equal(crypto::base64url_encode(crypto::sha256(verifier)),
                                       challenge);
}

// A code works once; one that comes again ends the token it was exchanged for (RFC 9700 2.1.1).
Result<> exchange_code(Context& context, Exchange& exchange, const OAuthApp& app,
                       const Params& params) {
    auto hash = crypto::hash_secret(params.get_or("code", ""));
    const auto now = context.clock.now_ms();
    auto issued = TRY(context.db.write([&](sql::Tx& tx) -> Result<std::optional<Issued>> {
        auto code = TRY(repo::find_code(tx, hash));
        if (!code || code->app_id != app.id) return std::optional<Issued>{};
        if (code->used_at) {
            TRY(repo::revoke_token(tx, code->token_id, now));
            return std::optional<Issued>{};
        }
        if (code->expires_at <= now || code->redirect_uri != params.get_or("redirect_uri", "") ||
            !proves(params.get_or("code_verifier", ""), code->challenge))
            return std::optional<Issued>{};
        auto fresh = new_token(context, exchange, app.id, code->user_id, code->scopes);
        TRY(repo::insert_token(tx, fresh.token));
        if (!TRY(repo::use_code(tx, hash, now, fresh.token.id)))
            return fail(Code::conflict, "the code was used at the same time");
        return std::optional<Issued>(std::move(fresh));
    }));
    return issued ? answer_token(exchange, *issued) : refuse_grant(exchange);
}

// The scopes asked for, if the application registered them all.
std::optional<std::string> allowed_scopes(const OAuthApp& app, const Params& params,
                                          std::string_view otherwise) {
    auto asked = parse_scopes(params.get_or("scope", otherwise));
    auto registered = parse_scopes(app.scopes);
    for (const auto& scope : asked)
        if (!covers(registered, scope)) return {};
    return join_scopes(asked);
}

Result<> grant_app(Context& context, Exchange& exchange, const OAuthApp& app,
                   const Params& params) {
    auto scopes = allowed_scopes(app, params, "read");
    if (!scopes)
        return refuse(exchange, 400, "invalid_scope",
                      "The requested scope is invalid, unknown, or malformed.");
    auto issued = new_token(context, exchange, app.id, {}, *scopes);
    TRY(context.db.write([&](sql::Tx& tx) { return repo::insert_token(tx, issued.token); }));
    return answer_token(exchange, issued);
}

Result<> grant_password(Context& context, SignInDoor& door, Exchange& exchange, const OAuthApp& app,
                        const Params& params) {
    auto scopes = allowed_scopes(app, params, "read");
    if (!scopes)
        return refuse(exchange, 400, "invalid_scope",
                      "The requested scope is invalid, unknown, or malformed.");
    // The grant has no field for a second factor (RFC 6749 4.3); clients send it as `otp`, where they can.
    auto outcome = TRY(door.enter(exchange.client_address(), params.get_or("username", ""),
                                  params.get_or("password", ""), params.get_or("otp", "")));
    using Answer = SignInDoor::Answer;
    if (outcome.answer == Answer::throttled) return fail(Code::rate_limited, outcome.text);
    if (outcome.answer == Answer::wrong) return refuse_grant(exchange);
    if (outcome.answer != Answer::entered) return refuse(exchange, 400, "invalid_grant", outcome.text);
    auto issued = new_token(context, exchange, app.id, outcome.user->id, *scopes);
    TRY(context.db.write([&](sql::Tx& tx) { return repo::insert_token(tx, issued.token); }));
    return answer_token(exchange, issued);
}

Result<> token(Context& context, SignInDoor& door, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    auto app = TRY(authenticated_app(context, credentials_of(exchange, params)));
    if (!app) return refuse_client(exchange);
    auto grant = params.get_or("grant_type", "");
    if (grant == "authorization_code") return exchange_code(context, exchange, *app, params);
    if (grant == "client_credentials") return grant_app(context, exchange, *app, params);
    if (grant == "password" && context.config.oauth.allow_password_grant)
        return grant_password(context, door, exchange, *app, params);
    return refuse(exchange, 400, "unsupported_grant_type",
                  "The authorization grant type is not supported by the authorization server.");
}

Result<> revoke(Context& context, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    auto app = TRY(authenticated_app(context, credentials_of(exchange, params)));
    if (!app)
        return refuse(exchange, 403, "unauthorized_client",
                      "You are not authorized to revoke this token");
    auto hash = crypto::hash_secret(params.get_or("token", ""));
    const auto now = context.clock.now_ms();
    const bool foreign = TRY(context.db.write([&](sql::Tx& tx) -> Result<bool> {
        auto found = TRY(repo::find_token(tx, hash));
        if (!found) return false;  // RFC 7009 2.2: what is invalid already is success
        if (found->app_id != app->id) return true;
        TRY(repo::revoke_token(tx, found->id, now));
        return false;
    }));
    if (foreign)
        return refuse(exchange, 403, "unauthorized_client",
                      "You are not authorized to revoke this token");
    return exchange.json(200, "{}");
}

Result<> metadata(Context& context, Exchange& exchange) {
    const auto& base = context.urls.base();
    auto list = [](json::Writer& w, std::string_view name,
                   std::initializer_list<std::string_view> values) {
        w.key(name).array();
        for (auto value : values) w.value(value);
        w.end();
    };
    json::Writer w;
    w.object()
        .member("issuer", base + "/")
        .member("service_documentation", "https://docs.joinmastodon.org/");
    w.member("authorization_endpoint", base + "/oauth/authorize")
        .member("token_endpoint", base + "/oauth/token");
    w.member("userinfo_endpoint", base + "/oauth/userinfo");
    w.member("app_registration_endpoint", base + "/api/v1/apps")
        .member("revocation_endpoint", base + "/oauth/revoke");
    w.key("scopes_supported").array();
    for (auto scope : all_scopes()) w.value(scope);
    w.end();
    list(w, "response_types_supported", {"code"});
    list(w, "response_modes_supported", {"query"});
    if (context.config.oauth.allow_password_grant)
        list(w, "grant_types_supported", {"authorization_code", "client_credentials", "password"});
    else
        list(w, "grant_types_supported", {"authorization_code", "client_credentials"});
    list(w, "token_endpoint_auth_methods_supported", {"client_secret_basic", "client_secret_post"});
    list(w, "code_challenge_methods_supported", {"S256"});
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_token_routes(http::Router& router, Context& context, SignInDoor& door) {
    for (auto prefix : {"/oauth/token", "/oauth/revoke", "/.well-known/oauth-authorization-server"})
        router.before(prefix, http::allow_cross_origin);
    router.add("POST", "/oauth/token", [&context, &door](Exchange& x) { return token(context, door, x); });
    router.add("POST", "/oauth/revoke", [&context](Exchange& x) { return revoke(context, x); });
    router.add("GET", "/.well-known/oauth-authorization-server",
               [&context](Exchange& x) { return metadata(context, x); });
}

void add_routes(http::Router& router, Context& context, http::Authenticator& authenticator, SignInDoor& door) {
    add_app_routes(router, context, authenticator);
    add_authorize_routes(router, context, door);
    add_token_routes(router, context, door);
    add_confirm_routes(router, context);
    add_userinfo_routes(router, context, authenticator);
}

}  // namespace kith::oauth
