// Where the link of a confirmation mail leads.
#include "node/api/oauth/pages.hpp"
#include "node/api/oauth/routes.hpp"
#include "node/community/sign_up.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"

namespace kith::oauth {

namespace {

Result<> confirm(community::Context& context, http::Exchange& exchange) {
    const auto done = community::confirm_email(context, TRY(exchange.params())->get_or("token", ""));
    if (!done && done.error().code != Code::not_found) return tl::unexpected(done.error());
    exchange.set_header("Cache-Control", "no-store");
    const auto& title = context.config.server.title;
    if (!done) return exchange.html(404, error_page(title, done.error().safe_text));
    return exchange.html(200, notice_page(title, "Your address is confirmed",
                                          "Thank you. You can go back to your app now."));
}

}  // namespace

void add_confirm_routes(http::Router& router, community::Context& context) {
    router.add("GET", "/auth/confirm", [&context](http::Exchange& x) { return confirm(context, x); });
}

}  // namespace kith::oauth
