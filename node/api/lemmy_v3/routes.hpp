#pragma once
#include "node/api/lemmy/api_context.hpp"

// Lemmy's API, version 3 (lemmy-js-client 0.19.9): the handlers of v4 where the two ask for the same, with
// their records as v3 has them, and what v3 asks for in its own way.
namespace kith::lemmy::v3 {

// Takes shape and authenticator (sign_in.hpp) from the context.
void add_routes(http::Router&, const ApiContext&);

// One file each.
void add_site_routes(http::Router&, const ApiContext&);
void add_list_routes(http::Router&, const ApiContext&);
void add_person_routes(http::Router&, const ApiContext&);
void add_inbox_routes(http::Router&, const ApiContext&);
void add_moderation_routes(http::Router&, const ApiContext&);
void add_search_routes(http::Router&, const ApiContext&);

}  // namespace kith::lemmy::v3
