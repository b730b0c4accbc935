#pragma once
#include "base/core/result.hpp"
#include "config/limits/media.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kith::media {

struct Bounds {
    int seconds = limits::media_tool_seconds_max;  // of real time, and the same of a core's
    std::uint64_t memory_bytes = limits::media_tool_memory_bytes_max;
    std::uint64_t file_bytes = 8 * limits::media_bytes_max;  // of each file it writes
    int ended_by = -1;  // a descriptor: the program is killed when it becomes readable
};

// Runs a program with bounds on time, memory and what it writes, an empty environment but for what pictures
// need, in a process group of its own, and the folder as its working directory; gives what it printed.
// Code::unprocessable where it fails: it was given what it cannot read. Code::unavailable where there is no
// such program, and where it was ended.
Result<std::string> run_tool(const std::filesystem::path& folder, const std::vector<std::string>& words,
                             const Bounds& = {});

// Whether run_tool() would find it.
bool has_tool(const std::string& name);

}  // namespace kith::media
