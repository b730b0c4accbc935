#include "node/api/oauth/browser_session.hpp"

#include "base/crypto/digest.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/oauth.hpp"
#include "node/community/devices.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"

namespace kith::oauth {

namespace {

bool secure(const community::Context& context) {
    return context.config.server.scheme == Scheme::https;
}

std::string_view cookie_name(const community::Context& context) {
    return secure(context) ? "__Host-kith-session" : "kith-session";
}

std::string cookie(const community::Context& context, std::string_view value,
                   std::int64_t max_age_s) {
    std::string out(cookie_name(context));
    out.append("=")
        .append(value)
        .append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=")
        .append(std::to_string(max_age_s));
    return secure(context) ? out + "; Secure" : out;
}

}  // namespace

Result<std::optional<SignedIn>> signed_in(community::Context& context, http::Exchange& exchange) {
    auto secret = exchange.cookie(cookie_name(context));
    if (secret.empty()) return std::optional<SignedIn>{};
    auto hash = crypto::hash_secret(secret);
    const auto now = context.clock.now_ms();
    auto found = TRY(context.db.read([&](sql::Tx& tx) -> Result<std::optional<SignedIn>> {
        auto session = TRY(repo::find_session(tx, hash, now));
        if (!session) return std::optional<SignedIn>{};
        auto user = TRY(repo::find_user(tx, session->user_id));
        if (!user || user->disabled_at) return std::optional<SignedIn>{};
        auto actor = TRY(repo::find_actor(tx, user->actor_id));
        if (!actor) return std::optional<SignedIn>{};
        return std::optional<SignedIn>(SignedIn{*session, *user, *actor});
    }));
    if (found && community::is_first_use_today(found->session.last_used_at, now))
        TRY(context.db.write([&](sql::Tx& tx) {
            return repo::touch_session(tx, found->session.id, now, found->session.expires_at);
        }));
    return found;
}

Result<> begin_session(community::Context& context, http::Exchange& exchange,
                       const model::User& user) {
    auto secret = context.random.token(32);
    const auto now = context.clock.now_ms();
    model::Session session;
    session.id = context.ids.next();
    session.user_id = user.id;
    session.token_hash = crypto::hash_secret(secret);
    session.csrf_token = context.random.token(32);
    session.created_at = session.last_used_at = now;
    session.expires_at = now + limits::session_ms;
    session.user_agent = user_agent_of(exchange);
    TRY(context.db.write([&](sql::Tx& tx) { return repo::insert_session(tx, session); }));
    exchange.add_header("Set-Cookie", cookie(context, secret, limits::session_ms / second_ms));
    return {};
}

Result<> end_session(community::Context& context, http::Exchange& exchange) {
    if (auto who = TRY(signed_in(context, exchange)))
        TRY(context.db.write(
            [&](sql::Tx& tx) { return repo::delete_session(tx, who->session.id); }));
    exchange.add_header("Set-Cookie", cookie(context, "", 0));
    return {};
}

std::string user_agent_of(http::Exchange& exchange) {
    return utf8::to_valid(
        utf8::truncate_bytes(exchange.header("user-agent"), limits::user_agent_bytes_max));
}

bool is_same_site(http::Exchange& exchange, const Urls& urls) {
    auto site = exchange.header("sec-fetch-site");
    if (!site.empty()) return site == "same-origin" || site == "none";
    auto origin = exchange.header("origin");
    return origin.empty() || origin == urls.base();
}

bool is_own_form(std::string_view csrf_given, const SignedIn& who) {
    return crypto::constant_time_equal(csrf_given, who.session.csrf_token);
}

}  // namespace kith::oauth
