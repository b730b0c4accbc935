#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "base/crypto/keys.hpp"
#include "federation/signature/accept_signature.hpp"
#include "federation/signature/outgoing_request.hpp"
#include "federation/signature/request_view.hpp"
#include "federation/signature/structured_fields.hpp"

// HTTP Message Signatures (RFC 9421), as the Fediverse uses them. Pure functions over bytes and
// keys.
//
// A receiver calls, in this order: parse_message_signature, check_message_coverage,
// check_content_digest (where there is a body), then with the key of `key_id` verify. Each failure
// is Code::unauthorized with a safe_text that says what was wrong.
namespace kith::signature {

// One signature of a message: a member of Signature-Input (section 4.1) and that of Signature.
struct MessageSignature {
    std::string label;
    std::vector<fields::Item> components;  // each name a string, lower case, none twice
    fields::Parameters parameters;         // in their order: they are signed
    std::string signature;                 // the bytes

    std::string key_id;
    std::string algorithm;                  // as sent; empty where absent
    std::optional<std::int64_t> created_s;  // seconds since 1970
    std::optional<std::int64_t> expires_s;
};

// Strict, and exactly one: of several signatures nobody could say which one the request stands on.
// Bounds: limits::signature_*, limits::structured_*.
Result<MessageSignature> parse_message_signature(std::string_view signature_input,
                                                 std::string_view signature);

// Where requests to us go, as everybody outside knows it: what a request itself says of its scheme
// and host is the sender's or a proxy's word.
struct Origin {
    std::string_view scheme;     // "https"
    std::string_view authority;  // lower case, without the scheme's own port
};

// The text that is signed (section 2.5). Derived components are @method, @target-uri, @authority,
// @scheme, @request-target, @path, @query and @query-param; all other components are fields of the
// request, without parameters. Code::unauthorized where a component is missing or of another kind.
Result<std::string> signature_base(const RequestView&, const Origin&, const MessageSignature&);

// Whether the signature covers what it must, and now: `@method`, `@target-uri`, and unless the
// method is GET or HEAD `content-digest`. `created` is there and lies within
// limits::signature_window_ms of now, as does a Date that is covered; `expires` has not passed. No
// header that a signature stands on occurs twice.
Result<> check_message_coverage(const RequestView&, const MessageSignature&, TimeMs now_ms);

// Whether the key made this signature for this request to `origin`. `alg` may be missing, else it
// is that of the key: rsa-v1_5-sha256 or ed25519. Does not replace check_message_coverage.
Result<> verify(const RequestView&, const Origin&, const MessageSignature&,
                const crypto::PublicKey&);

// The headers to add: Date, Content-Digest where there is a body, Signature-Input, Signature.
// Signs @method, @target-uri, @authority and date, with a body content-digest and content-type, and
// what `asked` names besides; with its label, nonce and tag. Code::unsupported where a component is
// asked for that such a request does not have; Code::invalid when a part could break out of its
// header (control characters).
Result<std::vector<SignedHeader>> sign_message(const OutgoingRequest&, std::string_view key_id,
                                               const crypto::PrivateKey&,
                                               const SignatureRequest& asked = {});

}  // namespace kith::signature
