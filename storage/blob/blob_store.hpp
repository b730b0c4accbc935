#pragma once
#include "base/core/descriptor.hpp"
#include "base/core/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kith::blob {

// Where the bytes of pictures and recordings are kept, by name. Names are made here and never by a client: "ab/abc….png"
// (is_name). Thread-safe.
class BlobStore {
public:
    virtual ~BlobStore() = default;

    // On disk when it returns. A name is used once.
    virtual Result<> put(std::string_view name, std::string_view bytes) = 0;
    // The same of a file of this machine, which is moved or copied there.
    virtual Result<> put_file(std::string_view name, const std::filesystem::path& file) = 0;
    // Code::not_found where there is none.
    virtual Result<std::string> get(std::string_view name) = 0;
    // All of it, to be read or sent piece by piece; stays readable when the name is removed meanwhile.
    virtual Result<FilePart> open(std::string_view name) = 0;
    // Nothing where there is none.
    virtual Result<> remove(std::string_view name) = 0;
};

// Two path segments of letters, digits, '-', '_', the last with one '.': nothing that leads elsewhere.
bool is_name(std::string_view);

// "file:/absolute/directory", which is made where it is not there.
Result<std::unique_ptr<BlobStore>> open_store(std::string_view url);

}  // namespace kith::blob
