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

// The value of a Content-Digest header (RFC 9530): "sha-256=:…:".
std::string content_digest_header(std::string_view body);

// Whether the request's Content-Digest header holds for the raw bytes of its body. A SHA-256 or
// SHA-512 must be there; every one of them that is listed must match, others are ignored.
// Code::unauthorized.
Result<> check_content_digest(const RequestView&, std::string_view body);

}  // namespace kith::signature
