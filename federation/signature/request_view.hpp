#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/core/result.hpp"

namespace kith::signature {

struct Header {
    std::string_view name;  // in any case
    std::string_view value;
};

// What a signature is about, as it came over the wire. Refers to memory of the caller's.
struct RequestView {
    std::string_view method;  // "POST"
    std::string_view target;  // path and query as in the request line, not decoded
    std::span<const Header> headers;
};

// The field's values, each trimmed, joined by ", " (RFC 9110 5.3); nullopt where there is none.
std::optional<std::string> header_value(const RequestView&, std::string_view name);

// GET and HEAD: nothing stands in a body, so no digest is asked for.
bool has_no_body(std::string_view method);

// Refuses a request in which a header that a signature stands on occurs twice (Signature,
// Signature-Input, Digest, Content-Digest, Host, Date, Content-Length): two readers could each
// believe another one. Code::unauthorized.
Result<> check_single_headers(const RequestView&);

}  // namespace kith::signature
