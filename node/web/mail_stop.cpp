// Where the link of a letter leads that ends such letters. A mail program may follow it by one POST of its
// own (RFC 8058); a GET changes nothing, because programs look at links.
#include "node/community/mail_wishes.hpp"
#include "node/http/exchange.hpp"
#include "node/web/render.hpp"
#include "node/web/routes.hpp"

namespace kith::web {

namespace {

Result<> answer(community::Context& context, http::Exchange& exchange, const std::string& token, bool done) {
    Values values;
    values.set("node", context.config.server.title);
    values.set("token", token);
    values.set("done", Values(done));
    const Head head{.title = "Letters", .noindex = true};
    return exchange.html(200, page(context, head, render("mail_stop", values)));
}

}  // namespace

Result<> mail_stop_page(community::Context& context, http::Exchange& exchange) {
    return answer(context, exchange, TRY(exchange.params())->text("token").value_or(""), false);
}

Result<> mail_stop(community::Context& context, http::Exchange& exchange) {
    const auto token = TRY(exchange.params())->text("token").value_or("");
    TRY(community::stop_mail(context, token));
    return answer(context, exchange, {}, true);
}

}  // namespace kith::web
