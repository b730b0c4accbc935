#pragma once
#include "node/community/context.hpp"
#include "node/http/authenticator.hpp"
#include "node/http/router.hpp"
#include "storage/model/actor.hpp"

#include <functional>
#include <string_view>

// What no other server's API has: below /api/kith/v1 (docs/api-notes.md). Entities are kith's own;
// ids, errors and paging are those of the Mastodon API.
namespace kith::own_api {

// Copied into handlers.
struct ApiContext {
    community::Context& community;
    http::Authenticator& authenticator;
    // An actor as its own host shows it now.
    std::function<Result<model::Actor>(std::string_view handle_or_url)> actor_as_of_now = {};
};

void add_routes(http::Router&, const ApiContext&);

}  // namespace kith::own_api
