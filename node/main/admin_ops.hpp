#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith ops import-events, report, opt-out: the first slice of community operations.
Result<std::string> ops_import(community::Context&, const AdminRequest&);
Result<std::string> ops_report(community::Context&, const AdminRequest&);
Result<std::string> ops_opt_out(community::Context&, const AdminRequest&);

}  // namespace kith
