#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/core/clock.hpp"

namespace kith::signature {

// A request about to be sent.
struct OutgoingRequest {
    std::string_view method;
    std::string_view host;  // the Host header as it will be sent, with a port where not the default
    std::string_view target;               // path and query as in the request line
    std::optional<std::string_view> body;  // raw bytes; none for GET
    std::string_view content_type;         // as it will be sent; signed where there is a body
    TimeMs date_ms = 0;
    std::string_view scheme = "https";
    std::string_view collection_synchronization;  // FEP-8fcf; signed where it is not empty
};

struct SignedHeader {
    std::string name;
    std::string value;
};

}  // namespace kith::signature
