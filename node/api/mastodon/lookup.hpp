#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"

#include <string_view>

namespace kith::mastodon {

// What only other nodes know: how this API asks for it. node/main puts federation/discovery behind
// it. Calls may take as long as a peer does; thread-safe.
class Lookup {
public:
    virtual ~Lookup() = default;

    // The actor of "name@host" or of a URL (its id or its page), fetched and stored where it is not
    // known. Code::not_found where there is none.
    virtual Result<Id> resolve_account(std::string_view handle_or_url) = 0;
    // The post of a URL.
    virtual Result<Id> resolve_status(std::string_view url) = 0;
    // Makes the accounts known that a text mentions; those that cannot be found stay text.
    virtual void resolve_mentions(std::string_view text) = 0;
    // Somebody reads this conversation (by its first post): what is missing may be asked for, later.
    virtual void conversation_opened(Id first_post) = 0;
    // Somebody looks at the profile of a remote actor: what it shows first may be asked for, later.
    virtual void profile_opened(Id actor) = 0;
};

}  // namespace kith::mastodon
