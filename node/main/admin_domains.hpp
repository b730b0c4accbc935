#pragma once
#include "node/main/admin.hpp"

namespace kith {

// kith domain export: the blocks as Mastodon's CSV. kith domain import FILE [--preview]: adds what a
// list of that form holds; what an operator set by hand stays.
Result<std::string> domain_export(community::Context&, const AdminRequest&);
Result<std::string> domain_import(community::Context&, const AdminRequest&);

}  // namespace kith
