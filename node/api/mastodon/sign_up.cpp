// People make accounts (Mastodon: methods/accounts, create; methods/emails).
#include "node/community/sign_up.hpp"

#include "base/json/writer.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/api/oauth/issue.hpp"
#include "node/api/oauth/sign_up_limiter.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/oauth.hpp"

namespace kith::mastodon {

namespace {

using community::FieldError;
using http::Exchange;

std::string title_case(std::string_view field) {
    std::string out(field);
    out[0] = char(out[0] - 'a' + 'A');
    for (auto& c : out)
        if (c == '_') c = ' ';
    return out;
}

// 422 with all that is wrong, by field.
Result<> answer_errors(Exchange& exchange, const std::vector<FieldError>& errors) {
    std::string summary = "Validation failed: ";
    json::Writer details;
    details.object();
    for (std::size_t i = 0; i < errors.size(); ++i) {
        summary += (i == 0 ? "" : ", ") + title_case(errors[i].field) + " " + errors[i].text;
        if (i > 0 && errors[i].field == errors[i - 1].field) continue;
        details.key(errors[i].field).array();
        for (const auto& each : errors)
            if (each.field == errors[i].field)
                details.object().member("error", each.code).member("description", each.text).end();
        details.end();
    }
    details.end();
    json::Writer w;
    w.object().member("error", summary).key("details").raw(details.take()).end();
    return exchange.json(422, w.take());
}

Result<> sign_up(const ApiContext& api, RateLimiter& limiter, Exchange& exchange) {
    const auto app = TRY(oauth::require_token(api.authenticator, exchange, {"write:accounts"}));
    if (app.user_id != 0) return fail(Code::forbidden, "This action is not allowed");
    auto& context = api.community;
    const auto address = exchange.client_address();
    if (context.config.limits.rate && limiter.take(address.text()) > 0)
        return fail(Code::rate_limited, "Too many requests");
    const auto& params = *TRY(exchange.params());
    const auto outcome = TRY(community::sign_up(
        context, {.name = std::string(params.get_or("username", "")),
                  .email = std::string(params.get_or("email", "")),
                  .password = std::string(params.get_or("password", "")),
                  .reason = std::string(params.get_or("reason", "")),
                  .language = std::string(params.get_or("locale", "")),
                  .invite = std::string(params.get_or("invite_code", "")),
                  .captcha_id = std::string(params.get_or("captcha_uuid", "")),
                  .captcha_answer = std::string(params.get_or("captcha_answer", "")),
                  .agreement = params.flag_or("agreement", false),
                  .ip = address,
                  .app_id = app.app_id}));
    if (!outcome.user) return answer_errors(exchange, outcome.errors);
    // The application's own scopes: what it asked for when it registered.
    auto issued = TRY(context.db.write([&](sql::Tx& tx) -> Result<oauth::Issued> {
        const auto found = TRY(repo::find_app(tx, app.app_id));
        auto fresh = oauth::new_token(context, exchange, app.app_id, outcome.user->id, found ? found->scopes : "read");
        TRY(repo::insert_token(tx, fresh.token));
        return fresh;
    }));
    return oauth::answer_token(exchange, issued);
}

Result<> resend(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"write:accounts"}));
    TRY(community::mail_confirmation(api.community, caller.user_id));
    return exchange.json(200, "{}");
}

Result<> check(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"read:accounts", "profile"}));
    return exchange.json(200, TRY(community::waits_for(api.community, caller.user_id)).empty() ? "true" : "false");
}

}  // namespace

void add_sign_up_routes(http::Router& router, const ApiContext& api) {
    const auto limiter = oauth::sign_up_limiter(api.community.clock);
    router.add("POST", "/api/v1/accounts", [api, limiter](Exchange& x) { return sign_up(api, *limiter, x); });
    add_endpoints(router, api,
                  {{"POST", "/api/v1/emails/confirmations", resend}, {"GET", "/api/v1/emails/check_confirmation", check}});
}

}  // namespace kith::mastodon
