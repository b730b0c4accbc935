#include "node/api/oauth/bearer.hpp"

#include "base/crypto/digest.hpp"
#include "base/text/strings.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/community/devices.hpp"
#include "node/community/sign_up.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/oauth.hpp"

#include <algorithm>

namespace kith::oauth {

namespace {

Failure invalid_token() { return fail(Code::unauthorized, "The access token is invalid"); }

Result<std::string> token_in(http::Exchange& exchange) {
    auto header = exchange.header("authorization");
    if (text::starts_with_i(header, "bearer ")) return std::string(text::trim(header.substr(7)));
    if (!header.empty()) return std::string();
    return std::string(TRY(exchange.params())->get_or("access_token", ""));
}

}  // namespace

Result<std::optional<http::Caller>> BearerAuthenticator::authenticate(http::Exchange& exchange) {
    return admit(exchange, TRY(token_in(exchange)));
}

Result<std::optional<http::Caller>> BearerAuthenticator::admit(const http::Exchange& exchange, std::string_view secret) {
    if (secret.empty()) return std::optional<http::Caller>{};
    auto caller = TRY(caller_of(secret));
    // Who is not let in yet may ask for the mail once more, and for nothing else.
    if (caller.waits && !exchange.path().starts_with("/api/v1/emails/"))
        return fail(Code::forbidden, TRY(community::waits_for(context_, caller.user_id)));
    return std::optional<http::Caller>(std::move(caller));
}

Result<http::Caller> BearerAuthenticator::caller_of(std::string_view secret) {
    auto hash = crypto::hash_secret(secret);
    std::optional<TimeMs> used_at;
    auto caller = TRY(context_.db.read([&](sql::Tx& tx) -> Result<http::Caller> {
        auto token = TRY(repo::find_token(tx, hash));
        if (!token) return invalid_token();
        used_at = token->last_used_at;
        http::Caller found{
            .token_id = token->id, .app_id = token->app_id, .scopes = parse_scopes(token->scopes)};
        if (token->user_id) {
            auto user = TRY(repo::find_user(tx, *token->user_id));
            if (!user || user->disabled_at) return invalid_token();
            found.user_id = user->id;
            found.account_id = user->actor_id;
            found.waits = !user->confirmed_at;
        }
        return found;
    }));
    const auto now = context_.clock.now_ms();
    if (community::is_first_use_today(used_at, now))
        TRY(context_.db.write([&](sql::Tx& tx) { return repo::touch_token(tx, caller.token_id, now); }));
    return caller;
}

Result<http::Caller> require_token(http::Authenticator& authenticator, http::Exchange& exchange,
                                   std::initializer_list<std::string_view> any_of) {
    auto caller = TRY(authenticator.authenticate(exchange));
    if (!caller) return invalid_token();
    const bool allowed = any_of.size() == 0 ||
                         std::any_of(any_of.begin(), any_of.end(),
                                     [&](auto scope) { return covers(caller->scopes, scope); });
    if (!allowed) return fail(Code::forbidden, "This action is outside the authorized scopes");
    return std::move(*caller);
}

Result<http::Caller> require_user(http::Authenticator& authenticator, http::Exchange& exchange,
                                  std::initializer_list<std::string_view> any_of) {
    auto caller = TRY(require_token(authenticator, exchange, any_of));
    if (caller.user_id == 0)
        return fail(Code::unprocessable, "This method requires an authenticated user");
    return caller;
}

}  // namespace kith::oauth
