#include "federation/client/url_rules.hpp"

#include <algorithm>

namespace kith::client {
namespace {

int default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

}  // namespace

std::optional<TransportError> refuse_url(const UrlRules& rules, const Url& url) {
    const auto refused = [&](TransportFault kind, std::string_view why) {
        return TransportError{kind, std::string(why) + ": " + url.str()};
    };
    const bool https = url.scheme() == "https";
    if (!https && url.scheme() != "http") {
        return refused(TransportFault::url_refused, "neither http nor https");
    }
    if (std::ranges::find(rules.own_hosts, url.host_port()) != rules.own_hosts.end()) {
        return refused(TransportFault::own_host, "this is our own host");
    }
    if (rules.private_addresses == PrivateAddresses::allow) return std::nullopt;
    if (!https && rules.https_only) {
        return refused(TransportFault::url_refused, "only https is spoken");
    }
    if (url.port() != default_port(url.scheme())) {
        return refused(TransportFault::url_refused, "not the scheme's own port");
    }
    return std::nullopt;
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

tl::expected<Url, TransportError> redirect_target(const Url& from, const Response& response) {
    const auto refused = [&](std::string_view why) {
        return fault(TransportFault::redirect_refused, std::string(why) + ": " + from.str());
    };
    const auto location = response.headers.get("Location");
    if (!location || response.headers.count("Location") != 1) return refused("no single Location");
    auto target = from.resolve(*location);
    if (!target) return refused("Location is not a URL");
    if (from.scheme() == "https" && target->scheme() != "https") {
        return refused("redirect from https to http");
    }
    return std::move(*target);
}

void strip_credentials(Headers& headers) {
    for (const auto* name :
         {"Authorization", "Proxy-Authorization", "Cookie", "Signature", "Signature-Input"}) {
        headers.erase(name);
    }
}

}  // namespace kith::client
