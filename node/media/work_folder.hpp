#pragma once
#include "base/core/descriptor.hpp"
#include "base/core/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace kith::media {

// A folder of one file's work, gone with it. The file itself is "input" in it.
class WorkFolder {
public:
    // Below `scratch`, which is made where it is not there. Code::unavailable where the disk fails.
    static Result<WorkFolder> make(const std::filesystem::path& scratch);
    WorkFolder(WorkFolder&&) noexcept;
    WorkFolder& operator=(WorkFolder&&) = delete;
    ~WorkFolder();

    Result<> put_input(std::string_view bytes) const;
    Result<> copy_input(const FilePart&) const;
    const std::filesystem::path& path() const { return path_; }

private:
    explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

}  // namespace kith::media
