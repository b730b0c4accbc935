#pragma once
#include <string_view>
#include <utility>

namespace kith::web {

// A template or asset of this folder, by file name; empty where there is none.
std::string_view embedded(std::string_view name);

}  // namespace kith::web
