#pragma once
#include "base/core/clock.hpp"
#include "base/text/url.hpp"
#include "config/limits/client.hpp"
#include "federation/client/headers.hpp"
#include "federation/client/request_signer.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace kith::client {

enum class Method { get, post };

std::string_view to_string(Method);

// What happens to an answer longer than `response_bytes_max`: it is a fault, or its beginning is
// all that is wanted (the answer to a delivery is read for its status).
enum class Oversize { refuse, cut };

struct Request {
    Method method = Method::get;
    Url url;
    std::string accept;  // the Accept field; empty sends none
    Headers headers;     // besides Accept, Host, User-Agent and what the signer adds
    std::shared_ptr<const std::string> body;  // of a POST; shared, because one goes to many peers
    std::optional<SigningIdentity> identity;  // unsigned without one

    TimeMs timeout_ms =
        limits::client_timeout_ms;  // from send() to the last byte, all hops and tries
    TimeMs connect_timeout_ms = limits::client_connect_timeout_ms;
    std::size_t response_bytes_max = limits::client_response_bytes_max;
    Oversize oversize = Oversize::refuse;
    // Takes the body of an answer with 200, piece by piece, in the place of Response::body; false ends the
    // exchange with TransportFault::network. On the transport's thread; must not wait.
    std::function<bool(std::string_view piece)> take_body;
    int redirects_max = limits::client_redirects_max;  // a POST is never redirected
    // Asked before each redirect, on a thread of the transport; empty allows every host.
    std::function<bool(const std::string& host_port)> may_reach;
};

// An answer of any status that is not a redirect which was followed.
struct Response {
    int status = 0;
    Headers headers;
    std::string body;
    Url final_url;  // where the last hop went
};

// Why there is no answer.
enum class TransportFault : std::uint8_t {
    url_refused,       // scheme, port or user info that is not spoken
    own_host,          // we do not talk to ourselves over the network
    address_refused,   // the name led to an address that is not public
    redirect_refused,  // of a POST, to http, in a circle, too many, or to nowhere
    dns,
    connect,
    tls,
    timeout,
    network,     // the connection broke
    protocol,    // not HTTP, or more header bytes than client_response_header_bytes_max
    too_large,   // more than response_bytes_max
    signing,     // our signer failed
    overloaded,  // too many requests wait here already, or this one waited until its deadline
    stopped,     // the transport was shut down
};
inline constexpr std::size_t transport_fault_count = 14;

std::string_view to_string(TransportFault);

// Whether the peer, or the way to it, is to blame, so that a delivery backs off from the whole host
// (architecture, Delivery). The others concern this one request or ourselves.
bool is_host_failure(TransportFault);

struct TransportError {
    TransportFault fault;
    std::string detail;  // for the log and the operator; no secret in it

    // Code::forbidden for what the guard refuses, timeout, unavailable (dns, connect, tls, network,
    // overloaded, stopped), internal (signing), else upstream.
    Error to_error() const;
};

using Outcome = tl::expected<Response, TransportError>;

inline tl::unexpected<TransportError> fault(TransportFault kind, std::string detail) {
    return tl::unexpected(TransportError{kind, std::move(detail)});
}

}  // namespace kith::client
