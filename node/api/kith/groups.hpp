#pragma once
#include "node/api/kith/routes.hpp"
#include "node/community/visibility.hpp"
#include "node/http/exchange.hpp"
#include "storage/model/actor.hpp"

namespace kith::own_api {

// Nobody without a token. Code::unauthorized for one that does not hold.
Result<community::Viewer> viewer_of(const ApiContext&, http::Exchange&);
// The group `:id`; Code::not_found also where the viewer may not know it.
Result<model::Actor> group_of(const ApiContext&, http::Exchange&);

void add_group_routes(http::Router&, const ApiContext&);
void add_group_settings_routes(http::Router&, const ApiContext&);
void add_group_move_routes(http::Router&, const ApiContext&);
void add_thread_routes(http::Router&, const ApiContext&);  // answers, and what is folded
void add_team_routes(http::Router&, const ApiContext&);   // who is in the team, and what it keeps
void add_event_routes(http::Router&, const ApiContext&);  // events that people answer to
void add_discovery_routes(http::Router&, const ApiContext&);  // the directory, similar groups, offers to help
void add_queue_routes(http::Router&, const ApiContext&);  // posts that wait, and rules that act by themselves

}  // namespace kith::own_api
