#pragma once
#include "base/core/clock.hpp"
#include "node/main/admin.hpp"
#include "storage/repo/catch_up.hpp"

namespace kith {

// kith peers catch-up [--since 3h] [--host HOST]: what was asked for. Only a running node does it.
Result<TimeMs> catch_up_since(const AdminRequest&, TimeMs now);
Result<std::string> catch_up_host(const AdminRequest&);
Result<std::string> catch_up_without_node(community::Context&, const AdminRequest&);

// One line of how a host was asked last; "" where it never was.
Result<std::string> catch_up_line(community::Context&, const std::string& host);

}  // namespace kith
