#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "base/crypto/keys.hpp"
#include "federation/signature/outgoing_request.hpp"
#include "federation/signature/request_view.hpp"

// HTTP signatures as the Fediverse speaks them: draft-cavage-http-signatures-12, with the rules of
// the SWICG report "ActivityPub and HTTP Signatures". Pure functions over bytes and keys.
//
// A receiver calls, in this order: parse_signature_header, check_cavage_coverage, check_digest
// (where there is a body), then with the key of `key_id` verify. Each failure is Code::unauthorized
// with a safe_text that says what was wrong.
namespace kith::signature {

// A Signature header (section 2.1).
struct CavageSignature {
    std::string key_id;
    std::string algorithm;                  // as sent; empty where absent
    std::vector<std::string> headers;       // lower case, each once; the default is "(created)"
    std::string signature;                  // the bytes
    std::optional<std::int64_t> created_s;  // seconds since 1970
    std::optional<std::int64_t> expires_s;  // a fraction is cut off
};

// Strict: duplicated parameters, escapes in strings, junk between or after parameters are refused;
// unknown parameters are skipped. Bounds: limits::signature_*, limits::signed_headers_max.
Result<CavageSignature> parse_signature_header(std::string_view value);

// Whether the signature covers what it must, and now: `(request-target)`, `host`, and `date` or
// `(created)`; `digest` as well unless the method is GET or HEAD. Each signed time lies within
// limits::signature_window_ms of now; `expires` has not passed. No header that a signature stands
// on occurs twice. The Host header names `own_host` (a default port may be missing or present), so
// that a request for another node cannot be replayed here.
Result<> check_cavage_coverage(const RequestView&, const CavageSignature&,
                               std::string_view own_host, TimeMs now_ms);

// Whether the key made this signature for this request. `rsa-sha256` takes an RSA key, `ed25519` an
// Ed25519 key, `hs2019` or none what the key is: RSA with PKCS#1 v1.5 and SHA-256 (what `hs2019`
// means in the Fediverse) or Ed25519. Signed queries are a matter of taste among peers: a GET is
// tried with its query in `(request-target)`, then without.
// Does not replace check_cavage_coverage.
Result<> verify(const RequestView&, const CavageSignature&, const crypto::PublicKey&);

// The headers to add: Date, Digest where there is a body, Signature. Signs (request-target), host,
// date, and with a body digest and content-type; collection-synchronization where there is one.
// Code::invalid when a part could break out of its header (control characters, a quote in the key
// id).
Result<std::vector<SignedHeader>> sign_request(const OutgoingRequest&, std::string_view key_id,
                                               const crypto::PrivateKey&);

}  // namespace kith::signature
