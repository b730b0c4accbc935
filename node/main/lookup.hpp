#pragma once
#include "federation/discovery/resolver.hpp"
#include "node/api/mastodon/lookup.hpp"
#include "node/community/catch_up.hpp"

namespace kith {

// What the client API asks of other nodes, through federation/discovery.
class DiscoveryLookup final : public mastodon::Lookup {
public:
    DiscoveryLookup(discovery::Resolver& resolver, community::CatchUp& catch_up)
        : resolver_(resolver), catch_up_(catch_up) {}

    Result<Id> resolve_account(std::string_view handle_or_url) override;
    Result<Id> resolve_status(std::string_view url) override;
    void resolve_mentions(std::string_view text) override;
    void conversation_opened(Id first_post) override { catch_up_.ask_conversation(first_post); }
    void profile_opened(Id actor) override { catch_up_.ask_profile(actor); }

private:
    discovery::Resolver& resolver_;
    community::CatchUp& catch_up_;
};

}  // namespace kith
