#pragma once
#include "node/community/group_discovery.hpp"
#include "node/web/render.hpp"

#include <vector>

namespace kith::web {

// Groups as lists of them show each: its name, what it is about, and whether it looks for somebody.
Values places_shown(const community::Context&, const std::vector<community::DirectoryPlace>&);

}  // namespace kith::web
