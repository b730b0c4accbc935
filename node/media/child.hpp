#pragma once
#include "base/core/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kith::media {

// Runs a program with bounds on time, memory and what it writes (limits/media.hpp), an empty
// environment but for what pictures need, and the folder as its working directory; gives what it
// printed. Code::unprocessable where it fails: it was given what it cannot read. Code::unavailable where
// there is no such program.
Result<std::string> run_tool(const std::filesystem::path& folder, const std::vector<std::string>& words);

}  // namespace kith::media
