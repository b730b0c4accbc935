#pragma once
#include <string>
#include <string_view>

#include "base/core/result.hpp"
#include "federation/signature/request_view.hpp"

namespace kith::signature {

// The value of a Digest header (RFC 3230, RFC 5843) for these bytes: "SHA-256=…".
std::string digest_header(std::string_view body);

// Whether the request's Digest header holds for the raw bytes of its body. Of several algorithms
// SHA-256 must be there; every SHA-256 listed must match, others are ignored. Code::unauthorized.
Result<> check_digest(const RequestView&, std::string_view body);

}  // namespace kith::signature
