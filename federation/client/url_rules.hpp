#pragma once
#include "federation/client/address_guard.hpp"
#include "federation/client/request.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::client {

// What may be asked for, before any name is resolved (security checklist, line 22).
struct UrlRules {
    PrivateAddresses private_addresses = PrivateAddresses::refuse;  // allow: also http and any port
    bool https_only = true;              // where private ones are refused
    std::vector<std::string> own_hosts;  // as Url::host_port() writes them
};

// Why this URL is not asked for; nothing where it may be. With private addresses refused: https on
// 443, and http on 80 unless `https_only`. Never one of our own hosts. A Url without
// parts is refused; one with user info does not exist.
std::optional<TransportError> refuse_url(const UrlRules&, const Url&);

// Whether the status points elsewhere by Location: 301, 302, 303, 307, 308 (RFC 9110 15.4).
bool is_redirect(int status);

// Where a redirect of a GET leads. Refused: no Location or several, one that is not a URL, and from
// https to http.
tl::expected<Url, TransportError> redirect_target(const Url& from, const Response&);

// Takes out what was meant for one origin only: Authorization, Proxy-Authorization, Cookie,
// Signature, Signature-Input.
void strip_credentials(Headers&);

}  // namespace kith::client
