#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.hpp"

namespace kith::signature {

// What somebody wants to see signed (RFC 9421 section 5.1): one member of an Accept-Signature
// field.
struct SignatureRequest {
    std::string label = "sig1";
    std::vector<std::string> components;  // names without parameters
    std::optional<std::string> nonce, tag;

    bool operator==(const SignatureRequest&) const = default;
};

// The first signature asked for that can be made here: with RSA (`alg` absent or rsa-v1_5-sha256),
// of derived components and of fields that our requests have, without parameters. Nothing where
// there is none, or the field is malformed.
std::optional<SignatureRequest> parse_accept_signature(std::string_view field);

// What a request to us has to be signed by, for the answer 401.
enum class Body { none, some };
std::string accept_signature_field(Body);

}  // namespace kith::signature
