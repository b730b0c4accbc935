#pragma once
#include "node/ap/routes.hpp"
#include "storage/model/actor.hpp"

#include <optional>

namespace kith::ap {

// The local person ("/u/:name") or group ("/c/:name") that the path names, also a deleted or suspended
// one. Code::not_found where there is none, or one of the other kind.
Result<model::Actor> named_actor(ApContext&, const http::Exchange&);

// The same without those who are deleted (Code::gone) or suspended (Code::not_found).
Result<model::Actor> local_actor(ApContext&, const http::Exchange&);

}  // namespace kith::ap
