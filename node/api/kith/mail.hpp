#pragma once
#include "node/api/kith/routes.hpp"

namespace kith::own_api {

void add_mail_routes(http::Router&, const ApiContext&);

}  // namespace kith::own_api
