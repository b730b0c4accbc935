#pragma once
#include "node/community/context.hpp"
#include "node/http/authenticator.hpp"
#include "node/http/router.hpp"

namespace kith::oauth {

class SignInDoor;

// App registration, the authorization code flow with its pages, tokens, revocation, server metadata
// (Mastodon: OAuth; RFC 6749, 7009, 7636, 8414, 9700).
void add_routes(http::Router&, community::Context&, http::Authenticator&, SignInDoor&);

// Its parts, one file each.
void add_app_routes(http::Router&, community::Context&, http::Authenticator&);
void add_authorize_routes(http::Router&, community::Context&, SignInDoor&);
void add_token_routes(http::Router&, community::Context&, SignInDoor&);
void add_confirm_routes(http::Router&, community::Context&);
void add_userinfo_routes(http::Router&, community::Context&, http::Authenticator&);

}  // namespace kith::oauth
