#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "base/text/url.hpp"
#include "federation/client/headers.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kith::client {

enum class SignatureFlavour {
    cavage,                // draft-cavage-12, over the target with its query
    rfc9421,               // RFC 9421
    cavage_without_query,  // draft-cavage-12 as old peers verify a GET: over the path alone
};

// As whom a request is signed, and in which of the flavours that peers understand.
struct SigningIdentity {
    Id actor_id = 0;  // a local actor; 0 is the instance actor, which signs fetches
    SignatureFlavour flavour = SignatureFlavour::cavage;
    std::string asked;  // rfc9421: the Accept-Signature that the peer answered with; "" = none
};

// What is about to go out. Valid during the call only.
struct SigningRequest {
    const SigningIdentity& identity;
    std::string_view method;
    const Url& url;  // of this hop, as it goes over the wire; `Host` is its host_port()
    const Headers& headers;
    std::string_view body;
};

// Signs for local actors. Called anew for every hop and every try, so that date and host are those
// of the bytes that really go out; from several threads at once.
class RequestSigner {
public:
    virtual ~RequestSigner() = default;

    // The fields to add: Date, Digest or Content-Digest, Signature, Signature-Input. A field named
    // like one of the request's takes its place.
    virtual Result<std::vector<Header>> sign(const SigningRequest&) = 0;
};

}  // namespace kith::client
