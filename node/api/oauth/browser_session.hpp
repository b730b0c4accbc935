#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <optional>

namespace kith::http {
class Exchange;
}

namespace kith::oauth {

// Who is signed in in this browser.
struct SignedIn {
    model::Session session;
    model::User user;
    model::Actor actor;
};

Result<std::optional<SignedIn>> signed_in(community::Context&, http::Exchange&);
// A new session for the user, as a cookie: HttpOnly, SameSite=Lax, __Host- and Secure over https.
Result<> begin_session(community::Context&, http::Exchange&, const model::User&);
Result<> end_session(community::Context&, http::Exchange&);

// What whoever signs in calls itself, bounded.
std::string user_agent_of(http::Exchange&);

// Whether a form was sent from one of our own pages: it carries the session's token (RFC 9700 4.7).
bool is_own_form(std::string_view csrf_given, const SignedIn&);
// For the sign-in form, which has no session yet: by what the browser says of where it comes from.
bool is_same_site(http::Exchange&, const Urls&);

}  // namespace kith::oauth
