#include "federation/client/request.hpp"

namespace kith::client {

std::string_view to_string(Method method) { return method == Method::post ? "POST" : "GET"; }

std::string_view to_string(TransportFault kind) {
    switch (kind) {
        case TransportFault::url_refused:
            return "url_refused";
        case TransportFault::own_host:
            return "own_host";
        case TransportFault::address_refused:
            return "address_refused";
        case TransportFault::redirect_refused:
            return "redirect_refused";
        case TransportFault::dns:
            return "dns";
        case TransportFault::connect:
            return "connect";
        case TransportFault::tls:
            return "tls";
        case TransportFault::timeout:
            return "timeout";
        case TransportFault::network:
            return "network";
        case TransportFault::protocol:
            return "protocol";
        case TransportFault::too_large:
            return "too_large";
        case TransportFault::signing:
            return "signing";
        case TransportFault::overloaded:
            return "overloaded";
        case TransportFault::stopped:
            return "stopped";
    }
    return "unknown";
}

bool is_host_failure(TransportFault kind) {
    switch (kind) {
        case TransportFault::address_refused:
        case TransportFault::dns:
        case TransportFault::connect:
        case TransportFault::tls:
        case TransportFault::timeout:
        case TransportFault::network:
        case TransportFault::protocol:
            return true;
        default:
            return false;
    }
}

Error TransportError::to_error() const {
    std::string more = std::string(to_string(fault)) + ": " + detail;
    switch (fault) {
        case TransportFault::url_refused:
        case TransportFault::own_host:
        case TransportFault::address_refused:
            return {Code::forbidden, "That address is not fetched", std::move(more)};
        case TransportFault::timeout:
            return {Code::timeout, "The other server did not answer in time", std::move(more)};
        case TransportFault::dns:
        case TransportFault::connect:
        case TransportFault::tls:
        case TransportFault::network:
            return {Code::unavailable, "The other server cannot be reached", std::move(more)};
        case TransportFault::overloaded:
        case TransportFault::stopped:
            return {Code::unavailable, "Too busy to ask the other server", std::move(more)};
        case TransportFault::signing:
            return {Code::internal, "The request could not be signed", std::move(more)};
        default:
            return {Code::upstream, "The other server answered wrongly", std::move(more)};
    }
}

}  // namespace kith::client
