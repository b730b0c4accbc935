#pragma once
#include "base/core/result.hpp"
#include "config/keys.hpp"

#include <filesystem>
#include <vector>

namespace kith::config {

// The settings of a TOML file in the order of its lines, whatever their keys: "section.key", for
// deeper tables of unknown sections their full path. Code::not_found, Code::too_large, and
// Code::invalid with "FILE:LINE: reason" in `detail` where it is not TOML.
Result<std::vector<Setting>> read_toml_file(const std::filesystem::path&);

}  // namespace kith::config
