#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::http {

class Exchange;

// Who is asking. An id that does not apply is 0: an app's own token has neither user nor account.
struct Caller {
    Id user_id = 0;
    Id account_id = 0;
    Id token_id = 0;
    Id app_id = 0;
    bool waits = false;  // the account was not let in yet: it can do nothing
    std::vector<std::string> scopes;
};

// The door through which the HTTP edge learns who is asking; node/api/oauth implements it.
// Thread-safe: every worker calls it.
class Authenticator {
public:
    virtual ~Authenticator() = default;

    // Nothing where the request carries no credentials; Code::unauthorized where it carries some
    // that do not hold.
    virtual Result<std::optional<Caller>> authenticate(Exchange&) = 0;
};

}  // namespace kith::http
