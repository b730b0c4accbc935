#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith relay add|remove INBOX, kith relay list. With --litepub the running node has put the id of the
// relay's actor there, and its inbox into INBOX.
inline constexpr std::string_view relay_add_command = "relay add";
Result<std::string> relay_add(community::Context&, const AdminRequest&);
Result<std::string> relay_remove(community::Context&, const AdminRequest&);
Result<std::string> relay_list(community::Context&, const AdminRequest&);

}  // namespace kith
