#pragma once
#include "node/api/oauth/bearer.hpp"

namespace kith::lemmy::v3 {

// By `Authorization: Bearer`, else by the cookie `jwt` or `auth`, which apps on this host set for themselves.
// What changes something counts by cookie only as application/json: a browser sends that to another site only
// after asking it, so no foreign page can act in a member's name.
class CookieAuthenticator final : public http::Authenticator {
public:
    explicit CookieAuthenticator(oauth::BearerAuthenticator& bearer) : bearer_(bearer) {}
    Result<std::optional<http::Caller>> authenticate(http::Exchange&) override;

private:
    oauth::BearerAuthenticator& bearer_;
};

}  // namespace kith::lemmy::v3
