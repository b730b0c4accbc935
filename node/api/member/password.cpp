// For who forgot their password: a mail is asked for, and its link leads to a form.
#include "node/api/member/routes.hpp"
#include "node/api/oauth/browser_session.hpp"
#include "node/api/oauth/page_answers.hpp"
#include "node/api/oauth/pages.hpp"
#include "node/api/oauth/shell.hpp"
#include "node/api/oauth/sign_up_limiter.hpp"
#include "node/community/password_reset.hpp"
#include "node/http/exchange.hpp"

namespace kith::member {

namespace {

using community::Context;
using http::Exchange;
using oauth::answer_page;
using oauth::refuse_page;
using oauth::refuse_foreign_form;
using kainjow::mustache::data;

constexpr const char* ask_body = R"(<h1>Forgot your password?</h1>
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
<form method="post" action="/auth/password/new">
<label for="email">E-mail address of your account</label>
<input id="email" name="email" type="email" value="{{email}}" autocomplete="email" required autofocus>
<button type="submit">Send me a link</button>
</form>
)";

constexpr const char* choose_body = R"(<h1>A new password</h1>
<p class="quiet">It signs you out everywhere.</p>
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
<form method="post" action="/auth/password/edit">
<input type="hidden" name="token" value="{{token}}">
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required autofocus>
<label for="password_again">New password again</label>
<input id="password_again" name="password_again" type="password" autocomplete="new-password" required>
<button type="submit">Set it</button>
</form>
)";

Result<> show_ask(Context& context, Exchange& exchange, int status, const std::string& error, std::string_view email = {}) {
    if (!community::can_reset_passwords(context.config))
        return refuse_page(context, exchange, 403, "This node cannot send mail: ask who runs it for a new password.");
    data values;
    oauth::set_if_there(values, "error", error);
    values["email"] = std::string(email);
    return answer_page(exchange, status, oauth::shell_page(context.config.server.title, "Forgot your password?", ask_body, values));
}

Result<> show_choose(Context& context, Exchange& exchange, int status, std::string_view token, const std::string& error) {
    data values;
    oauth::set_if_there(values, "error", error);
    values["token"] = std::string(token);
    return answer_page(exchange, status, oauth::shell_page(context.config.server.title, "A new password", choose_body, values));
}

Result<> ask(Context& context, RateLimiter& limiter, Exchange& exchange) {
    if (!oauth::is_same_site(exchange, context.urls))
        return refuse_foreign_form(context, exchange);
    const auto email = TRY(exchange.params())->get_or("email", "");
    if (context.config.limits.rate && limiter.take(exchange.client_address().text()) > 0)
        return show_ask(context, exchange, 429, "Too many attempts. Please wait a few minutes.", email);
    if (!community::can_reset_passwords(context.config)) return show_ask(context, exchange, 403, {});
    TRY(community::mail_password_reset(context, email));
    return answer_page(exchange, 200,
                oauth::notice_page(context.config.server.title, "Look into your mail",
                                   "If somebody here has that address, a link is on its way to it. It works once, for an hour."));
}

Result<> choose(Context& context, Exchange& exchange) {
    const auto token = TRY(exchange.params())->get_or("token", "");
    const auto good = community::check_password_reset(context, token);
    if (good) return show_choose(context, exchange, 200, token, {});
    if (good.error().code != Code::not_found) return tl::unexpected(good.error());
    return refuse_page(context, exchange, 404, good.error().safe_text);
}

Result<> set(Context& context, Exchange& exchange) {
    if (!oauth::is_same_site(exchange, context.urls))
        return refuse_foreign_form(context, exchange);
    const auto& params = *TRY(exchange.params());
    const auto token = params.get_or("token", ""), password = params.get_or("password", "");
    if (password != params.get_or("password_again", ""))
        return show_choose(context, exchange, 422, token, "The two passwords differ.");
    const auto done = community::reset_password(context, token, password);
    if (done)
        return answer_page(exchange, 200,
                    oauth::notice_page(context.config.server.title, "Your password is changed",
                                       "You are signed out everywhere: sign in with the new password."));
    if (done.error().code == Code::not_found) return refuse_page(context, exchange, 404, done.error().safe_text);
    if (done.error().code == Code::unprocessable) return show_choose(context, exchange, 422, token, done.error().safe_text);
    return tl::unexpected(done.error());
}

}  // namespace

void add_password_routes(http::Router& router, Context& context) {
    const auto limiter = oauth::sign_up_limiter(context.clock);
    router.add("GET", "/auth/password/new", [&context](Exchange& x) { return show_ask(context, x, 200, {}); });
    router.add("POST", "/auth/password/new", [&context, limiter](Exchange& x) { return ask(context, *limiter, x); });
    router.add("GET", "/auth/password/edit", [&context](Exchange& x) { return choose(context, x); });
    router.add("POST", "/auth/password/edit", [&context](Exchange& x) { return set(context, x); });
}

}  // namespace kith::member
