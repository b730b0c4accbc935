#pragma once
#include "node/community/context.hpp"
#include "node/http/router.hpp"

namespace kith::oauth {
class SignInDoor;
}

// Pages for members, or for who wants to be one: they work without JavaScript, and their forms are
// taken from pages of ours only.
namespace kith::member {

void add_routes(http::Router&, community::Context&, oauth::SignInDoor&);

// One file each.
void add_security_routes(http::Router&, community::Context&, oauth::SignInDoor&);  // /settings/security
void add_sign_up_routes(http::Router&, community::Context&);                       // /auth/sign_up
void add_password_routes(http::Router&, community::Context&);                      // /auth/password
void add_group_team_routes(http::Router&, community::Context&);                    // /c/:name/team

}  // namespace kith::member
