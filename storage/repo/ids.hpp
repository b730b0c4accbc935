#pragma once
#include "base/core/ids.hpp"

#include <span>
#include <string>

namespace kith::repo {

// "[1,2,3]": how a list of ids is given to a statement (sql::Dialect::in_ids).
std::string json_ids(std::span<const Id>);

}  // namespace kith::repo
