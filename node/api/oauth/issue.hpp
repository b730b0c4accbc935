#pragma once
#include "node/community/context.hpp"
#include "node/http/exchange.hpp"
#include "storage/model/oauth.hpp"

#include <optional>
#include <string>

namespace kith::oauth {

// A token that is about to be stored, and its secret, which is told this once.
struct Issued {
    model::OAuthToken token;
    std::string secret;
};
Issued new_token(community::Context&, http::Exchange&, Id app, std::optional<Id> user, std::string scopes);

// RFC 6749 5.1.
Result<> answer_token(http::Exchange&, const Issued&);

}  // namespace kith::oauth
