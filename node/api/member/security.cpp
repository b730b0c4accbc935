// A member's own page about signing in: the second factor, the places where they are signed in, the
// password. Each form carries the session's token; what matters asks for the password again.
#include "node/api/member/qr_code.hpp"
#include "node/api/member/routes.hpp"
#include "node/api/member/security_page.hpp"
#include "node/api/oauth/browser_session.hpp"
#include "node/api/oauth/carried.hpp"
#include "node/api/oauth/page_answers.hpp"
#include "node/api/oauth/sign_in_door.hpp"
#include "node/community/accounts.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"

namespace kith::member {

namespace {

using community::Context;
using community::Device;
using http::Exchange;
using oauth::answer_page;
using oauth::refuse_foreign_form;
using oauth::SignedIn;
using oauth::SignInDoor;

struct Page {
    Context& context;
    SignInDoor& door;
    Exchange& exchange;
    const http::Params& params;
    const SignedIn& who;
};

std::string_view notice_of(std::string_view done) {
    if (done == "signed_out") return "That place is signed out.";
    if (done == "others_signed_out") return "You are signed out everywhere else.";
    if (done == "off") return "Two-factor sign-in is off.";
    if (done == "password") return "Your password is changed, and you are signed out everywhere else.";
    return "";
}

Result<> done(Exchange& exchange, std::string_view what) {
    return exchange.redirect(std::string(oauth::security_path) + "?done=" + std::string(what), 303);
}

Result<> show_security(const Page& p, int status, std::string error) {
    SecurityPage page{.node = p.context.config.server.title,
                      .csrf = p.who.session.csrf_token,
                      .acct = p.who.actor.username,
                      .notice = std::string(notice_of(p.params.get_or("done", ""))),
                      .error = std::move(error),
                      .second_factor = TRY(community::second_factor(p.context, p.who.user.id)),
                      .devices = TRY(community::devices(p.context, p.who.user.id)),
                      .this_session = p.who.session.id};
    return answer_page(p.exchange, status, security_page(page));
}

Result<> security(const Page& p) { return show_security(p, 200, {}); }

// True where the password, and the code where one is asked for, are right; else the page says why not.
Result<bool> confirmed(const Page& p, bool with_code) {
    const auto code = with_code ? std::optional(p.params.get_or("code", "")) : std::nullopt;
    const auto outcome =
        TRY(p.door.confirm(p.exchange.client_address(), p.who.user, p.params.get_or("password", ""), code));
    if (outcome.answer == SignInDoor::Answer::entered) return true;
    const bool wrong = outcome.answer == SignInDoor::Answer::wrong;  // of a name nothing was asked here
    TRY(show_security(p, outcome.answer == SignInDoor::Answer::throttled ? 429 : 403, wrong ? "That is not your password." : outcome.text));
    return false;
}

Result<> show_set_up(const Page& p, int status, community::OfferedSecret offered, std::string error) {
    auto svg = TRY(qr_code_svg(offered.uri));
    return answer_page(p.exchange, status,
                set_up_page({.node = p.context.config.server.title,
                             .csrf = p.who.session.csrf_token,
                             .error = std::move(error),
                             .offered = std::move(offered),
                             .qr_svg = std::move(svg)}));
}

Result<> set_up(const Page& p) {
    if (!TRY(confirmed(p, false))) return {};
    return show_set_up(p, 200, TRY(community::offer_second_factor(p.context, p.who.user)), {});
}

Result<> confirm_set_up(const Page& p) {
    const auto codes = TRY(community::enable_second_factor(p.context, p.who.user, p.params.get_or("code", "")));
    if (codes) return answer_page(p.exchange, 200, recovery_codes_page(p.context.config.server.title, *codes));
    return show_set_up(p, 422, TRY(community::offered_second_factor(p.context, p.who.user)),
                       "That is not the code. Is the clock of your device right?");
}

Result<> renew(const Page& p) {
    if (!TRY(confirmed(p, true))) return {};
    return answer_page(p.exchange, 200,
                recovery_codes_page(p.context.config.server.title,
                                    TRY(community::renew_recovery_codes(p.context, p.who.user.id))));
}

Result<> switch_off(const Page& p) {
    if (!TRY(confirmed(p, true))) return {};
    TRY(community::remove_second_factor(p.context, p.who.user));
    return done(p.exchange, "off");
}

Result<> sign_out(const Page& p) {
    const auto session = p.params.id("session"), token = p.params.id("token");
    if (!session && !token) return fail(Code::unprocessable, "Which place is to be signed out is missing");
    TRY(community::sign_out_device(p.context, p.who.user.id, session ? Device::Kind::browser : Device::Kind::app,
                                   session ? *session : *token));
    return done(p.exchange, "signed_out");
}

Result<> sign_out_others(const Page& p) {
    TRY(community::sign_out_others(p.context, p.who.user.id, p.who.session.id));
    return done(p.exchange, "others_signed_out");
}

// This browser goes on with a session of its own.
Result<> change_password(const Page& p) {
    if (!TRY(confirmed(p, false))) return {};
    const auto fresh = p.params.get_or("new_password", "");
    if (fresh != p.params.get_or("new_password_again", "")) return show_security(p, 422, "The two new passwords differ.");
    if (const auto set = community::set_password(p.context, p.who.actor.username, fresh); !set) {
        if (set.error().code != Code::unprocessable) return tl::unexpected(set.error());
        return show_security(p, 422, set.error().safe_text);
    }
    TRY(oauth::begin_session(p.context, p.exchange, p.who.user));
    return done(p.exchange, "password");
}

using Method = Result<> (*)(const Page&);

// Who is not signed in is asked to; a form of nobody's page does nothing.
Result<> with_member(Context& context, SignInDoor& door, Exchange& exchange, Method method) {
    const auto& params = *TRY(exchange.params());
    const auto who = TRY(oauth::signed_in(context, exchange));
    if (!who) return exchange.redirect("/auth/sign_in?next=" + std::string(oauth::security_path), 303);
    if (exchange.method() == "POST" && !oauth::is_own_form(params.get_or("csrf", ""), *who))
        return refuse_foreign_form(context, exchange);
    return method({context, door, exchange, params, *who});
}

}  // namespace

void add_security_routes(http::Router& router, Context& context, SignInDoor& door) {
    router.before("/settings", http::protect_page);
    const auto add = [&](std::string_view verb, std::string_view path, Method method) {
        router.add(verb, path,
                   [&context, &door, method](Exchange& x) { return with_member(context, door, x, method); });
    };
    add("GET", "/settings/security", security);
    add("POST", "/settings/security/second_factor", set_up);
    add("POST", "/settings/security/second_factor/confirm", confirm_set_up);
    add("POST", "/settings/security/second_factor/off", switch_off);
    add("POST", "/settings/security/recovery_codes", renew);
    add("POST", "/settings/security/sign_out", sign_out);
    add("POST", "/settings/security/sign_out_others", sign_out_others);
    add("POST", "/settings/security/password", change_password);
}

}  // namespace kith::member
