// Where the link of a confirmation mail leads.
#include "node/api/oauth/page_answers.hpp"
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
    if (!done) return refuse_page(context, exchange, 404, done.error().safe_text);
    return answer_page(exchange, 200,
                       notice_page(context.config.server.title, "Your address is confirmed",
                                   "Thank you. You can go back to your app now."));
}

}  // namespace

void add_confirm_routes(http::Router& router, community::Context& context) {
    router.add("GET", "/auth/confirm", [&context](http::Exchange& x) { return confirm(context, x); });
}

}  // namespace kith::oauth
