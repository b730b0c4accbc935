#pragma once
#include "node/main/admin.hpp"

namespace kith {

Result<std::string> report_list(community::Context&, const AdminRequest&);
Result<std::string> report_show(community::Context&, const AdminRequest&);
Result<std::string> report_resolve(community::Context&, const AdminRequest&);

}  // namespace kith
