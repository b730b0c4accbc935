#include "node/api/oauth/page_answers.hpp"

#include "node/api/oauth/pages.hpp"

namespace kith::oauth {

Result<> answer_page(http::Exchange& exchange, int status, std::string html) {
    exchange.set_header("Cache-Control", "no-store");
    return exchange.html(status, std::move(html));
}

Result<> refuse_page(const community::Context& context, http::Exchange& exchange, int status, std::string_view why) {
    return answer_page(exchange, status, error_page(context.config.server.title, why));
}

Result<> refuse_foreign_form(const community::Context& context, http::Exchange& exchange) {
    return refuse_page(context, exchange, 403, "This form was not sent from here. Please try again.");
}

}  // namespace kith::oauth
