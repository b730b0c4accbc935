#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith peers: how deliveries to other hosts stand. kith peers show HOST: one of them, with its last error.
Result<std::string> peers_list(community::Context&, const AdminRequest&);
Result<std::string> peers_show(community::Context&, const AdminRequest&);

}  // namespace kith
