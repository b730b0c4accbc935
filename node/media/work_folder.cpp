#include "node/media/work_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <unistd.h>
#include <utility>

namespace kith::media {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t block_bytes = 256 << 10;

Failure broken(std::string what) { return fail(Code::unavailable, "The media store failed", std::move(what)); }

}  // namespace

Result<WorkFolder> WorkFolder::make(const fs::path& scratch) {
    std::error_code error;
    fs::create_directories(scratch, error);
    auto pattern = (scratch / "work-XXXXXX").string();
    if (error || !::mkdtemp(pattern.data())) return broken(scratch.string());
    return WorkFolder(fs::path(pattern));
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, fs::path())) {}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<> WorkFolder::put_input(std::string_view bytes) const {
    std::ofstream out(path_ / "input", std::ios::binary);
    out.write(bytes.data(), std::streamsize(bytes.size()));
    out.close();
    if (!out) return broken(path_.string());
    return {};
}

Result<> WorkFolder::copy_input(const FilePart& from) const {
    std::ofstream out(path_ / "input", std::ios::binary);
    std::string block(block_bytes, '\0');
    for (std::uint64_t at = 0; at < from.size;) {
        const auto wanted = std::min<std::uint64_t>(block.size(), from.size - at);
        const auto got = ::pread(from.file.get(), block.data(), std::size_t(wanted), off_t(from.offset + at));
        if (got <= 0) return broken("read");
        out.write(block.data(), got);
        at += std::uint64_t(got);
    }
    out.close();
    if (!out) return broken(path_.string());
    return {};
}

}  // namespace kith::media
