#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith rule add|remove|list, kith announcement add|remove|list, kith document set|show: what the
// operators say to all.
Result<std::string> rule_add(community::Context&, const AdminRequest&);
Result<std::string> rule_remove(community::Context&, const AdminRequest&);
Result<std::string> rule_list(community::Context&, const AdminRequest&);
Result<std::string> announcement_add(community::Context&, const AdminRequest&);
Result<std::string> announcement_remove(community::Context&, const AdminRequest&);
Result<std::string> announcement_list(community::Context&, const AdminRequest&);
Result<std::string> document_set(community::Context&, const AdminRequest&);
Result<std::string> document_show(community::Context&, const AdminRequest&);

}  // namespace kith
