#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith relay add|remove INBOX, kith relay list.
Result<std::string> relay_add(community::Context&, const AdminRequest&);
Result<std::string> relay_remove(community::Context&, const AdminRequest&);
Result<std::string> relay_list(community::Context&, const AdminRequest&);

}  // namespace kith
