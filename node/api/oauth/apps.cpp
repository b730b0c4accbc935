// POST /api/v1/apps and GET /api/v1/apps/verify_credentials.
#include "base/crypto/digest.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/oauth.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/api/oauth/redirect_uri.hpp"
#include "node/api/oauth/routes.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/community/push.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/oauth.hpp"

namespace kith::oauth {

namespace {

using http::Exchange;
using http::Params;

// redirect_uris is an array, or a text with one URI a line.
Result<std::vector<std::string>> redirect_uris_of(const Params& params) {
    std::vector<std::string> out;
    for (auto entry : params.list("redirect_uris"))
        for (auto line : text::split(entry, '\n'))
            if (auto uri = text::trim(line); !uri.empty()) out.emplace_back(uri);
    if (out.empty())
        return fail(Code::unprocessable, "Validation failed: Redirect URI can't be blank");
    for (const auto& uri : out)
        if (!is_acceptable_redirect(uri))
            return fail(Code::unprocessable,
                        "Validation failed: Redirect URI must be an absolute URI.", uri);
    return out;
}

void write_app(json::Writer& w, community::Context& context, const model::OAuthApp& app) {
    std::vector<std::string_view> uris;
    for (auto line : text::split(app.redirect_uris, '\n'))
        if (!line.empty()) uris.push_back(line);
    w.member("id", std::to_string(app.id)).member("name", app.name);
    if (app.website.empty())
        w.null_member("website");
    else
        w.member("website", app.website);
    w.key("scopes").array();
    for (const auto& scope : parse_scopes(app.scopes)) w.value(scope);
    w.end().member("redirect_uri", app.redirect_uris).key("redirect_uris").array();
    for (auto uri : uris) w.value(uri);
    w.end().member("vapid_key", community::vapid_public_key(context));
}

Result<> create_app(community::Context& context, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    model::OAuthApp app;
    app.name = utf8::truncate(text::trim(params.get_or("client_name", "")),
                              limits::app_name_characters_max);
    if (app.name.empty())
        return fail(Code::unprocessable, "Validation failed: Name can't be blank");
    app.redirect_uris = text::join(TRY(redirect_uris_of(params)), "\n");
    if (app.redirect_uris.size() > limits::app_redirect_bytes_max)
        return fail(Code::unprocessable, "Validation failed: the redirect URIs are too long");
    auto scopes = parse_scopes(params.get_or("scopes", "read"));
    for (const auto& scope : scopes)
        if (!is_known_scope(scope))
            return fail(Code::unprocessable,
                        "Validation failed: Scopes doesn't match configured on the server.", scope);
    app.scopes = join_scopes(scopes);
    app.website = params.get_or("website", "");
    if (!app.website.empty() && !Url::parse(app.website))
        return fail(Code::unprocessable, "Validation failed: Website must be a valid URL");
    app.id = context.ids.next();
    app.client_id = context.random.token(32);
    auto secret = context.random.token(32);
    app.secret_hash = crypto::hash_secret(secret);
    app.created_at = context.clock.now_ms();
    TRY(context.db.write([&](sql::Tx& tx) { return repo::insert_app(tx, app); }));
    json::Writer w;
    w.object();
    write_app(w, context, app);
    w.member("client_id", app.client_id)
        .member("client_secret", secret)
        .member("client_secret_expires_at", 0)
        .end();
    return exchange.json(200, w.take());
}

Result<> verify_app(community::Context& context, http::Authenticator& authenticator,
                    Exchange& exchange) {
    auto caller = TRY(require_token(authenticator, exchange, {}));
    auto app = TRY(context.db.read([&](sql::Tx& tx) { return repo::find_app(tx, caller.app_id); }));
    if (!app) return fail(Code::unauthorized, "The access token is invalid");
    json::Writer w;
    w.object();
    write_app(w, context, *app);
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_app_routes(http::Router& router, community::Context& context,
                    http::Authenticator& authenticator) {
    router.add("POST", "/api/v1/apps", [&context](Exchange& x) { return create_app(context, x); });
    router.add("GET", "/api/v1/apps/verify_credentials", [&context, &authenticator](Exchange& x) {
        return verify_app(context, authenticator, x);
    });
}

}  // namespace kith::oauth
