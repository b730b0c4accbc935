// Who holds a token, for sites that sign people in with their account here (OpenID Connect Core 5.3;
// Mastodon: methods/oauth).
#include "base/json/writer.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/api/oauth/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"

namespace kith::oauth {

namespace {

Result<> userinfo(community::Context& context, http::Authenticator& authenticator, http::Exchange& exchange) {
    const auto caller = TRY(require_user(authenticator, exchange, {"profile"}));
    const auto actor = TRY(community::actor_by_id(context, caller.account_id));
    const auto& urls = context.urls;
    json::Writer w;
    w.object().member("iss", urls.base() + "/").member("sub", actor.ap_id);
    w.member("name", actor.name.empty() ? actor.username : actor.name).member("preferred_username", actor.username);
    w.member("profile", actor.url);
    w.member("picture", actor.avatar_url.empty() ? urls.default_avatar() : urls.file(actor.avatar_url)).end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_userinfo_routes(http::Router& router, community::Context& context, http::Authenticator& authenticator) {
    router.before("/oauth/userinfo", http::allow_cross_origin);
    const auto answer = [&context, &authenticator](http::Exchange& x) {
        return userinfo(context, authenticator, x);
    };
    router.add("GET", "/oauth/userinfo", answer);
    router.add("POST", "/oauth/userinfo", answer);
}

}  // namespace kith::oauth
