// Addresses that are confirmed, and the picture before signing up. What is asked for
// an address is answered the same whether somebody has it or not.
#include "base/crypto/encoding.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/oauth/sign_up_limiter.hpp"
#include "node/community/captcha.hpp"
#include "node/community/sign_up.hpp"
#include "node/media/captcha_picture.hpp"

namespace kith::lemmy {

namespace {

using http::Exchange;
using json::Writer;

Result<> within(const ApiContext& api, RateLimiter& limiter, Exchange& exchange) {
    if (api.community.config.limits.rate && limiter.take(exchange.client_address().text()) > 0) return fail(Code::rate_limited, "Too many requests");
    return {};
}

Result<> captcha(const ApiContext& api, RateLimiter& limiter, Exchange& exchange) {
    if (!api.community.config.registration.captcha) return exchange.json(200, "{}");
    TRY(within(api, limiter, exchange));
    const auto made = TRY(community::make_captcha(api.community));
    Writer w;
    w.object().key("ok").object().member("png", crypto::base64_encode(media::captcha_picture(made.answer, api.community.random)));
    w.member("wav", "").member("uuid", made.id).end().end();
    exchange.set_header("Cache-Control", "no-store");
    return exchange.json(200, w.take());
}

Result<> verify(const ApiContext& api, Exchange& exchange) {
    TRY(community::confirm_email(api.community, TRY(exchange.params())->get_or("token", "")));
    return exchange.json(200, success());
}

Result<> resend(const ApiContext& api, RateLimiter& limiter, Exchange& exchange) {
    TRY(within(api, limiter, exchange));
    TRY(community::mail_confirmation_again(api.community, TRY(exchange.params())->get_or("email", "")));
    return exchange.json(200, success());
}

}  // namespace

void add_account_mail_routes(http::Router& router, const ApiContext& api) {
    const auto limiter = oauth::letter_limiter(api.community.clock);
    router.add("GET", "/api/v4/account/auth/get_captcha", [api, limiter](Exchange& x) { return captcha(api, *limiter, x); });
    router.add("POST", "/api/v4/account/auth/resend_verification_email", [api, limiter](Exchange& x) { return resend(api, *limiter, x); });
    add_endpoints(router, api, {{"POST", "/api/v4/account/auth/verify_email", verify}});
}

}  // namespace kith::lemmy
