#include "storage/blob/blob_store.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::blob {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_scheme = "file:";

bool is_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    });
}

Failure broken(std::string what) { return fail(Code::unavailable, "The media store failed", std::move(what)); }

class Directory final : public BlobStore {
public:
    explicit Directory(fs::path root) : root_(std::move(root)) {}

    // Written beside its place and moved there, so that a name never stands for half a picture.
    Result<> put(std::string_view name, std::string_view bytes) override {
        if (!is_name(name)) return fail(Code::internal, "Internal error", "not a name of a blob");
        const auto path = TRY(place_of(name));
        const auto temporary = path.string() + ".new";
        const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (file.get() < 0) return broken(temporary + ": " + std::strerror(errno));
        while (!bytes.empty()) {
            const auto written = ::write(file.get(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return broken(temporary + ": " + std::strerror(errno));
            bytes.remove_prefix(std::size_t(written));
        }
        if (::fsync(file.get()) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0)
            return broken(temporary + ": " + std::strerror(errno));
        return {};
    }

    Result<> put_file(std::string_view name, const fs::path& from) override {
        if (!is_name(name)) return fail(Code::internal, "Internal error", "not a name of a blob");
        const auto path = TRY(place_of(name));
        const auto temporary = path.string() + ".new";
        std::error_code error;
        fs::rename(from, temporary, error);  // fails where it lies on another disk
        if (error) fs::copy_file(from, temporary, fs::copy_options::overwrite_existing, error);
        if (error) return broken(temporary + ": " + error.message());
        const Descriptor file(::open(temporary.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file.is_open() || ::fchmod(file.get(), 0600) != 0 || ::fsync(file.get()) != 0 ||
            ::rename(temporary.c_str(), path.c_str()) != 0)
            return broken(temporary + ": " + std::strerror(errno));
        return {};
    }

    Result<FilePart> open(std::string_view name) override {
        if (!is_name(name)) return fail(Code::not_found, "Record not found");
        Descriptor file(::open((root_ / name).c_str(), O_RDONLY | O_CLOEXEC));
        struct stat facts {};
        if (!file.is_open() || ::fstat(file.get(), &facts) != 0) return fail(Code::not_found, "Record not found");
        return FilePart{std::move(file), 0, std::uint64_t(facts.st_size)};
    }

    Result<std::string> get(std::string_view name) override {
        if (!is_name(name)) return fail(Code::not_found, "Record not found");
        std::ifstream in(root_ / name, std::ios::binary);
        if (!in) return fail(Code::not_found, "Record not found");
        return std::string(std::istreambuf_iterator<char>(in), {});
    }

    Result<> remove(std::string_view name) override {
        if (!is_name(name)) return {};
        std::error_code error;
        fs::remove(root_ / name, error);
        if (error) return broken((root_ / name).string() + ": " + error.message());
        return {};
    }

private:
    // With its folder.
    Result<fs::path> place_of(std::string_view name) const {
        auto path = root_ / name;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error) return broken(path.parent_path().string() + ": " + error.message());
        return path;
    }

    const fs::path root_;
};

}  // namespace

bool is_name(std::string_view name) {
    const auto slash = name.find('/'), dot = name.find('.');
    if (slash == name.npos || dot == name.npos || dot < slash) return false;
    return is_word(name.substr(0, slash)) && is_word(name.substr(slash + 1, dot - slash - 1)) &&
           is_word(name.substr(dot + 1));
}

Result<std::unique_ptr<BlobStore>> open_store(std::string_view url) {
    if (!url.starts_with(file_scheme))
        return fail(Code::invalid, "media.store is no place that is known", std::string(url));
    const fs::path root(url.substr(file_scheme.size()));
    std::error_code error;
    fs::create_directories(root, error);
    if (error) return fail(Code::unavailable, "the folder of media.store cannot be made", root.string() + ": " + error.message());
    return std::unique_ptr<BlobStore>(std::make_unique<Directory>(root));
}

}  // namespace kith::blob
