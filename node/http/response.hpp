#pragma once
#include "base/core/descriptor.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::http {

// Gives the next block of a streamed answer in `block` (it comes empty); false after the last one.
// An exception cuts the answer short, so that the client does not take it for whole.
using Producer = std::function<bool(std::string& block)>;

// An answer as a handler leaves it. The adapter adds Date, Content-Length and Connection.
struct Response {
    int status = 200;
    std::string content_type;   // empty: no body
    std::string body;
    Producer producer;          // where set, instead of `body`
    FilePart file;              // the same; sent by the front, so that no worker waits for the client
    std::vector<std::pair<std::string, std::string>> headers;

    // The first value, or empty.
    std::string_view header(std::string_view name) const;
};

}  // namespace kith::http
