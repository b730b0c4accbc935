#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith user waiting|approve|reject, kith invite create|list|revoke.
Result<std::string> user_waiting(community::Context&, const AdminRequest&);
Result<std::string> user_approve(community::Context&, const AdminRequest&);
Result<std::string> user_reject(community::Context&, const AdminRequest&);
Result<std::string> invite_create(community::Context&, const AdminRequest&);
Result<std::string> invite_list(community::Context&, const AdminRequest&);
Result<std::string> invite_revoke(community::Context&, const AdminRequest&);

}  // namespace kith
