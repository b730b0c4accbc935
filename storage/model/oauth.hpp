#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

struct OAuthApp {
    Id id = 0;
    std::string client_id, secret_hash;
    std::string name, website;
    std::string redirect_uris;   // one a line
    std::string scopes;          // space-separated
    TimeMs created_at = 0;
};

// An authorization code: single use, at most 10 minutes, bound to client, redirect and challenge.
struct OAuthCode {
    std::string code_hash;
    Id app_id = 0, user_id = 0;
    std::string redirect_uri, scopes;
    std::string challenge;       // S256; "" = no PKCE
    TimeMs expires_at = 0;
    std::optional<TimeMs> used_at;
    Id token_id = 0;             // what it was exchanged for: revoked when the code comes twice
};

struct OAuthToken {
    Id id = 0;
    std::string token_hash;
    Id app_id = 0;
    std::optional<Id> user_id;   // none: an application's own token
    std::string scopes;
    TimeMs created_at = 0;
    std::optional<TimeMs> last_used_at, revoked_at;
    std::string user_agent;      // of whoever asked for it
};

}  // namespace kith::model
