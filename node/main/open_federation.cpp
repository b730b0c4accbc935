// What is fetched, signed, read and delivered.
#include "node/main/node_parts.hpp"

namespace kith {

client::ClientSettings client_settings(const Config& config) {
    client::ClientSettings settings;
    const bool private_too = config.federation.allow_private_addresses;
    settings.rules.private_addresses =
        private_too ? client::PrivateAddresses::allow : client::PrivateAddresses::refuse;
    settings.rules.https_only = !private_too && config.server.scheme == Scheme::https;
    settings.rules.own_hosts = {config.server.host, config.server.account_domain};
    settings.user_agent = client::user_agent(KITH_VERSION, config.base_url());
    settings.resolve.insert(config.federation.resolve.begin(), config.federation.resolve.end());
    return settings;
}

Result<> Node::Parts::open_federation() {
    auto& s = *store;
    signer = std::make_unique<keys::LocalSigner>(*s.db, *s.clock, s.urls);
    fetching = TRY(client::CurlTransport::open(client_settings(s.config), signer.get()));
    delivering = TRY(client::CurlTransport::open(client_settings(s.config), signer.get()));
    flavours = std::make_unique<keys::PeerFlavours>(*s.db, *s.clock);
    blocks = std::make_unique<inbox::DomainBlocks>(*s.db, *s.clock);
    fetching_signed = std::make_unique<keys::KnockingTransport>(
        *fetching, *flavours,
        [this](const std::string& host) { return !blocks->suspended(host).value_or(true); });
    delivering_signed = std::make_unique<keys::KnockingTransport>(*delivering, *flavours);
    key_cache =
        std::make_unique<keys::KeyCache>(*s.db, *fetching_signed, *s.clock, s.ids, s.urls);
    documents = std::make_unique<keys::Documents>(*fetching_signed, s.urls);
    followers_sync = std::make_unique<community::FollowersSync>(context(), *documents);
    sink = std::make_unique<community::CommunitySink>(
        context(), [this](const std::string& host) { lanes->peer_spoke(host); });
    pipeline = std::make_unique<inbox::Pipeline>(inbox::PipelineContext{
        .db = *s.db,
        .clock = *s.clock,
        .ids = s.ids,
        .urls = s.urls,
        .keys = *key_cache,
        .documents = *documents,
        .sink = *sink,
        .rate_limits = s.config.limits.rate ? inbox::RateLimits::on : inbox::RateLimits::off,
        .synchronize = [this](const std::string& actor,
                              std::string_view header) { followers_sync->heard(actor, header); }});
    resolved_posts = std::make_unique<community::ResolvedPosts>(context());
    catch_up = std::make_unique<community::CatchUp>(community::CatchUpParts{
        .context = context(),
        .documents = *documents,
        .suspended = [this](const std::string& host) { return blocks->suspended(host); },
        .take = [this](const std::string& actor, std::string_view body,
                       inbox::Fetcher& fetcher) { return pipeline->take_found(actor, body, fetcher); },
        .posts = *resolved_posts});
    resolver = std::make_unique<discovery::Resolver>(discovery::ResolverParts{
        .db = *s.db,
        .transport = *fetching_signed,
        .clock = *s.clock,
        .ids = s.ids,
        .config = s.config,
        .urls = s.urls,
        .keys = *key_cache,
        .objects = *resolved_posts,
        .suspended = [this](const std::string& host) { return blocks->suspended(host); }});
    lookup = std::make_unique<DiscoveryLookup>(*resolver, *catch_up);
    lanes = std::make_unique<delivery::Lanes>(context(), *delivering_signed);
    publisher = std::make_unique<delivery::Publisher>(context(), [this](const std::set<std::string>& hosts) { lanes->notify(hosts); });
    return {};
}

}  // namespace kith
