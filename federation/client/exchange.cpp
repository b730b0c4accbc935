#include "federation/client/exchange.hpp"

#include "federation/client/url_rules.hpp"

#include <algorithm>

namespace kith::client {

tl::expected<void, TransportError> follow_redirect(Exchange& exchange, const Response& response) {
    Request& request = exchange.request;
    const auto refused = [&](std::string_view why) {
        return fault(TransportFault::redirect_refused, std::string(why) + " (status " +
                                                           std::to_string(response.status) +
                                                           "): " + request.url.str());
    };
    if (request.method != Method::get) return refused("a POST is not redirected");
    if (exchange.visited.size() >= static_cast<std::size_t>(std::max(request.redirects_max, 0))) {
        return refused("too many redirects");
    }
    auto target = redirect_target(request.url, response);
    if (!target) return tl::unexpected(std::move(target).error());

    if (request.may_reach && !request.may_reach(target->host_port()))
        return refused("a redirect to a host that is not spoken with");
    exchange.visited.push_back(request.url.without_fragment());
    if (std::ranges::find(exchange.visited, target->without_fragment()) != exchange.visited.end()) {
        return refused("redirects in a circle");
    }
    if (!same_origin(*target, request.url)) strip_credentials(request.headers);
    request.url = std::move(*target);
    exchange.on_fresh_connection = false;
    return {};
}

}  // namespace kith::client
