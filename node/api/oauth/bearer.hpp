#pragma once
#include "node/community/context.hpp"
#include "node/http/authenticator.hpp"

#include <initializer_list>
#include <string_view>

namespace kith::oauth {

// Who asks, from `Authorization: Bearer` (RFC 6750), or where a client cannot set headers from the
// parameter access_token. Tokens are looked up by hash each time, so a revoked one ends at once.
class BearerAuthenticator final : public http::Authenticator {
public:
    explicit BearerAuthenticator(community::Context& context) : context_(context) {}
    Result<std::optional<http::Caller>> authenticate(http::Exchange&) override;
    // By a token that came in another way; nothing without one.
    Result<std::optional<http::Caller>> admit(const http::Exchange&, std::string_view token);
    // Code::unauthorized for a token that is none (any more).
    Result<http::Caller> caller_of(std::string_view token);

private:
    community::Context& context_;
};

// The caller with at least one of these scopes. Code::unauthorized "The access token is invalid"
// without a token, Code::forbidden "This action is outside the authorized scopes" with one that
// lacks them.
Result<http::Caller> require_token(http::Authenticator&, http::Exchange&,
                                   std::initializer_list<std::string_view> any_of);
// The same, and it speaks for a person: Code::unprocessable "This method requires an authenticated
// user".
Result<http::Caller> require_user(http::Authenticator&, http::Exchange&,
                                  std::initializer_list<std::string_view> any_of);

}  // namespace kith::oauth
