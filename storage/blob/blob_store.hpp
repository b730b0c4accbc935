#pragma once
#include "base/core/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace kith::blob {

// Where the bytes of pictures are kept, by name. Names are made here and never by a client: "ab/abc….png"
// (is_name). Thread-safe.
class BlobStore {
public:
    virtual ~BlobStore() = default;

    // On disk when it returns. A name is used once.
    virtual Result<> put(std::string_view name, std::string_view bytes) = 0;
    // Code::not_found where there is none.
    virtual Result<std::string> get(std::string_view name) = 0;
    // Nothing where there is none.
    virtual Result<> remove(std::string_view name) = 0;
};

// Two path segments of letters, digits, '-', '_', the last with one '.': nothing that leads elsewhere.
bool is_name(std::string_view);

// "file:/absolute/directory", which is made where it is not there.
Result<std::unique_ptr<BlobStore>> open_store(std::string_view url);

}  // namespace kith::blob
