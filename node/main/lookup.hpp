#pragma once
#include "federation/discovery/resolver.hpp"
#include "node/api/mastodon/lookup.hpp"

namespace kith {

// What the client API asks of other nodes, through federation/discovery.
class DiscoveryLookup final : public mastodon::Lookup {
public:
    explicit DiscoveryLookup(discovery::Resolver& resolver) : resolver_(resolver) {}

    Result<Id> resolve_account(std::string_view handle_or_url) override;
    Result<Id> resolve_status(std::string_view url) override;
    void resolve_mentions(std::string_view text) override;

private:
    discovery::Resolver& resolver_;
};

}  // namespace kith
