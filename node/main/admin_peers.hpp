#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith peers: how deliveries to other hosts stand. kith peers show HOST: one of them, with its last
// error. kith post delivery: where one post has got to. kith refusals: what peers sent and was not
// taken. Each with --json as the entities of kith's own API (node/api/kith/json.hpp).
Result<std::string> peers_list(community::Context&, const AdminRequest&);
Result<std::string> peers_show(community::Context&, const AdminRequest&);
Result<std::string> post_delivery(community::Context&, const AdminRequest&);
Result<std::string> refusals_list(community::Context&, const AdminRequest&);

}  // namespace kith
