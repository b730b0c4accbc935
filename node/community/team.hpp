#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <vector>

// The people who run the node: moderators, and admins, who may also change what it is.
namespace kith::community {

// Code::forbidden: of lesser standing, or disabled.
Result<> require_role(sql::Tx&, Id actor, model::UserRole at_least);
Result<> require_role(Context&, Id actor, model::UserRole at_least);

Result<std::vector<model::Actor>> admins(Context&);  // the first one first
// Makes a member an admin, or an admin a member again, and writes it into the open log. Code::forbidden for who
// is none, Code::not_found for who has no account here, Code::unprocessable: it is so already, or the only
// admin would be none any more.
Result<> set_admin(Context&, Id by, Id person, bool admin);

}  // namespace kith::community
