#pragma once
#include "federation/client/transport.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kith::client {

// One request on its way through hops and tries. What CurlTransport moves between its threads;
// belongs to one of them at a time.
struct Exchange {
    Exchange(Request wanted, Transport::Done when_done, std::int64_t deadline)
        : request(std::move(wanted)), done(std::move(when_done)), deadline_ms(deadline) {}

    Request request;  // request.url is the one of this hop
    Transport::Done done;
    std::int64_t deadline_ms;          // in steady_ms()
    std::vector<std::string> visited;  // the URLs of the hops before this one
    Headers signed_headers;            // what goes out in this try
    bool on_fresh_connection = false;  // the second try after a kept connection died
    std::string lane;                  // the host whose place it holds or waits for

    std::string_view body() const {
        return request.body ? std::string_view(*request.body) : std::string_view();
    }
};

// Turns the exchange to where the redirect `response` leads: never a POST; at most redirects_max;
// no URL twice; credentials stay with their origin (security checklist, lines 9 and 22). The rules
// for URLs apply to the new one as to the first, and are not asked here.
tl::expected<void, TransportError> follow_redirect(Exchange&, const Response&);

}  // namespace kith::client
