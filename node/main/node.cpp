#include "node/main/node.hpp"

#include "base/core/log.hpp"
#include "base/json/view.hpp"
#include "config/limits/catch_up.hpp"
#include "config/limits/inbox.hpp"
#include "config/limits/main.hpp"
#include "config/limits/media.hpp"
#include "config/limits/sign_up.hpp"
#include "config/limits/trends.hpp"
#include "federation/client/curl_transport.hpp"
#include "federation/delivery/lanes.hpp"
#include "federation/delivery/publisher.hpp"
#include "federation/discovery/resolver.hpp"
#include "federation/inbox/pipeline.hpp"
#include "federation/keys/fetch_as.hpp"
#include "federation/keys/key_cache.hpp"
#include "federation/keys/knocking_transport.hpp"
#include "federation/keys/signer.hpp"
#include "node/ap/group_readers.hpp"
#include "node/ap/routes.hpp"
#include "node/api/kith/routes.hpp"
#include "config/present_as.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/lemmy_v3/sign_in.hpp"
#include "node/api/mastodon/notification.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/member/routes.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/api/oauth/routes.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/api/oauth/sign_up_limiter.hpp"
#include "node/api/oauth/sign_in_door.hpp"
#include "node/community/catch_up.hpp"
#include "node/community/followers_sync.hpp"
#include "node/community/group_arrival.hpp"
#include "node/community/group_discovery.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/inbound/resolved_posts.hpp"
#include "node/community/inbound/sink.hpp"
#include "node/community/links.hpp"
#include "config/limits/mail.hpp"
#include "node/community/mail.hpp"
#include "node/community/mail_wishes.hpp"
#include "node/community/media.hpp"
#include "node/community/moves.hpp"
#include "node/community/node_moderation.hpp"
#include "node/community/gatherings.hpp"
#include "node/community/polls.hpp"
#include "node/community/push.hpp"
#include "node/community/scheduled.hpp"
#include "node/community/settings_import.hpp"
#include "node/community/severances.hpp"
#include "node/community/thread_moves.hpp"
#include "node/community/trends.hpp"
#include "node/community/upkeep.hpp"
#include "node/files/remote.hpp"
#include "node/files/uploads.hpp"
#include "node/http/front.hpp"
#include "node/http/middleware.hpp"
#include "node/http/router.hpp"
#include "node/insight/projection.hpp"
#include "node/jobs/worker.hpp"
#include "node/links/reader.hpp"
#include "node/links/verify.hpp"
#include "node/mail/mailer.hpp"
#include "node/media/pictures.hpp"
#include "node/main/admin.hpp"
#include "node/main/admin_catch_up.hpp"
#include "node/main/admin_domains.hpp"
#include "node/main/admin_emoji.hpp"
#include "node/main/admin_group_moves.hpp"
#include "node/main/admin_moves.hpp"
#include "node/main/admin_relays.hpp"
#include "node/main/control.hpp"
#include "node/main/ip_gate.hpp"
#include "node/main/libre_translate.hpp"
#include "node/main/link_previews.hpp"
#include "node/main/lookup.hpp"
#include "node/main/measures.hpp"
#include "node/main/parking.hpp"
#include "node/main/peer_software.hpp"
#include "node/main/store.hpp"
#include "node/main/stream_voice.hpp"
#include "node/ops/routes.hpp"
#include "node/push/sender.hpp"
#include "node/stream/feed.hpp"
#include "node/stream/server.hpp"
#include "node/web/routes.hpp"

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace kith {

namespace {

// The lanes of the front, in the order of FrontOptions::lanes: an inbox flood must not starve
// members.
enum LaneIndex : std::size_t { members_lane, inbox_lane, pages_lane, ops_lane };
enum ListenerIndex : http::ListenerTag { public_listener, ops_listener };

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

http::Admission admit(const http::Head& head, http::ListenerTag listener) {
    if (listener == ops_listener) return {.lane = ops_lane, .body_bytes_max = 0};
    const bool inbox =
        head.method == "POST" && (head.path == "/inbox" || head.path.ends_with("/inbox"));
    if (inbox)
        return {.lane = inbox_lane,
                .body_bytes_max = limits::inbox_body_bytes_max,
                .refuse_encoded = true};
    const bool uploads = head.path.starts_with("/api/v1/media") || head.path == "/api/v2/media" ||
                         head.path == "/api/v1/accounts/update_credentials" || head.path == "/api/v1/profile";
    if (uploads) return {.lane = members_lane, .body_bytes_max = limits::media_body_bytes_max};
    const bool api = head.path.starts_with("/api/") || head.path.starts_with("/oauth/") ||
                     head.path.starts_with("/auth/") || head.path.starts_with("/settings/");
    return {.lane = api ? members_lane : pages_lane, .body_bytes_max = limits::api_body_bytes_max};
}

http::FrontOptions front_options(const Config& config, http::ParkHook& park, http::Handover& handover) {
    const auto cores = std::size_t(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
    http::FrontOptions options;
    // An inbox worker spends its time waiting for the commit before its 202, and what waits together is
    // committed together: few workers would mean small groups.
    options.lanes = {{"members", 4 * cores, 1'024},
                     {"inbox", 16 * cores, 1'024},
                     {"pages", 2 * cores, 512},
                     {"ops", 1, 64}};
    options.admit = admit;
    options.park = &park;
    options.handover = &handover;
    options.trusted_proxies = config.server.trusted_proxies;
    return options;
}

}  // namespace

// In the order in which they are made; taken down in the opposite one.
struct Node::Parts {
    explicit Parts(std::unique_ptr<Store> opened) : store(std::move(opened)) {}
    // Commits go on until the last part is gone; the publisher goes before.
    ~Parts() { store->db->on_news({}); }

    Result<> open_federation();
    Result<> open_media();
    Result<links::ReaderParts::Picture> look_at(const std::string& url);
    Result<> open_doors();
    Result<> start();
    void stop();
    Result<std::string> carry_out(std::string_view line);
    void register_jobs();
    community::Context& context() { return *store->context; }

    std::unique_ptr<Store> store;
    std::unique_ptr<keys::LocalSigner> signer;
    std::unique_ptr<keys::PeerFlavours> flavours;
    std::unique_ptr<inbox::DomainBlocks> blocks;  // asked by the transports
    std::unique_ptr<blob::BlobStore> media_store;
    std::unique_ptr<files::Remote> remote_files;  // outlives the transport that it fetches by
    std::unique_ptr<client::CurlTransport> fetching, delivering;
    std::unique_ptr<keys::KnockingTransport> fetching_signed, delivering_signed;
    std::unique_ptr<keys::KeyCache> key_cache;
    std::unique_ptr<keys::Documents> documents;
    std::unique_ptr<community::FollowersSync> followers_sync;
    std::unique_ptr<community::CommunitySink> sink;
    std::unique_ptr<inbox::Pipeline> pipeline;
    std::unique_ptr<community::ResolvedPosts> resolved_posts;
    std::unique_ptr<community::CatchUp> catch_up;
    std::unique_ptr<discovery::Resolver> resolver;
    std::unique_ptr<DiscoveryLookup> lookup;
    std::unique_ptr<delivery::Context> delivery_context;
    std::unique_ptr<delivery::Lanes> lanes;
    std::unique_ptr<media::Pictures> pictures;
    std::unique_ptr<media::Recordings> recordings;
    std::unique_ptr<files::Uploads> uploads;
    std::unique_ptr<client::CurlTransport> translating;  // only to the configured server
    std::unique_ptr<LibreTranslate> translator;
    std::unique_ptr<delivery::Publisher> publisher;
    stream::Listeners listeners;
    std::unique_ptr<stream::Server> streams;
    std::unique_ptr<StreamVoice> stream_voice;
    std::unique_ptr<stream::Feed> feed;
    std::unique_ptr<StreamHandover> handover;
    std::unique_ptr<push::Sender> push_sender;
    std::unique_ptr<links::Reader> link_reader;
    std::unique_ptr<ReaderPreviews> previews;
    std::unique_ptr<insight::Projection> projection;
    std::unique_ptr<jobs::Worker> worker;
    metrics::Registry registry;
    std::unique_ptr<oauth::BearerAuthenticator> authenticator;
    std::unique_ptr<oauth::SignInDoor> sign_in_door;
    std::unique_ptr<ap::GroupHomes> group_homes;
    std::unique_ptr<lemmy::v3::CookieAuthenticator> cookie_authenticator;
    std::unique_ptr<ap::ApContext> ap_context;
    std::unique_ptr<ap::KeyParking> key_parking;
    std::unique_ptr<Parking> parking;
    std::unique_ptr<ops::OpsContext> ops_context;
    std::unique_ptr<IpGate> ip_gate;
    http::Router public_router, ops_router;
    std::unique_ptr<http::Front> front;
    std::unique_ptr<ControlServer> control;
};

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
    delivery_context = std::make_unique<delivery::Context>(
        delivery::Context{*s.db, *s.clock, s.random, s.ids, s.config, s.urls});
    lanes = std::make_unique<delivery::Lanes>(*delivery_context, *delivering_signed);
    publisher = std::make_unique<delivery::Publisher>(
        *delivery_context, [this](const std::set<std::string>& hosts) { lanes->notify(hosts); });
    streams = std::make_unique<stream::Server>(
        listeners, stream::Gate{.who_holds = [this](std::string_view token) -> std::optional<http::Caller> {
                                    auto caller = authenticator->caller_of(token);
                                    return caller && !caller->waits ? std::optional(std::move(*caller)) : std::nullopt;
                                },
                                .covers = [](const http::Caller& caller, std::string_view scope) {
                                    return oauth::covers(caller.scopes, scope);
                                }});
    stream_voice = std::make_unique<StreamVoice>(context());
    feed = std::make_unique<stream::Feed>(context(), listeners, *stream_voice, *streams);
    handover = std::make_unique<StreamHandover>(*streams);
    TRY(community::ensure_vapid_key(context()));
    push_sender = std::make_unique<push::Sender>(push::SenderParts{.context = context(),
                                                                   .transport = *fetching,
                                                                   .key = TRY(community::vapid_key(context())),
                                                                   .type_of = mastodon::notification_type});
    TRY(open_media());
    link_reader = std::make_unique<links::Reader>(links::ReaderParts{
        .context = context(),
        .transport = *fetching,
        .suspended = [this](const std::string& host) { return blocks->suspended(host); },
        .find_account = [this](std::string_view handle) { return lookup->resolve_account(handle); },
        .look_at = [this](const std::string& url) { return look_at(url); }});
    s.db->on_news([this] {
        publisher->notify();
        feed->notify();
        push_sender->notify();
        link_reader->notify();
        catch_up->notify();
    });
    return {};
}

Result<> Node::Parts::open_media() {
    auto& s = *store;
    const auto scratch = std::filesystem::temp_directory_path() / "kith-media";
    media_store = TRY(blob::open_store(s.config.media.store));
    pictures = std::make_unique<media::Pictures>(*media_store, s.random, scratch);
    if (s.config.media.recordings && media::Recordings::installed())
        recordings = std::make_unique<media::Recordings>(*media_store, s.random, *pictures, scratch);
    else if (s.config.media.recordings)
        log::info("media.no_recordings", {{"reason", "ffmpeg is not installed: neither video nor sound is taken"}});
    uploads = std::make_unique<files::Uploads>(files::UploadsParts{
        .context = context(), .store = *media_store, .pictures = *pictures, .recordings = recordings.get()});
    remote_files = std::make_unique<files::Remote>(
        files::RemoteParts{.context = context(),
                           .transport = *fetching,
                           .store = *media_store,
                           .scratch = scratch,
                           .may_reach = [this](const std::string& host) {
                               return !blocks->suspended(host).value_or(true);
                           }});
    return {};
}

// A picture of a page that posts link to. Without remote files of its own the node does not fetch it.
Result<links::ReaderParts::Picture> Node::Parts::look_at(const std::string& url) {
    if (!store->config.media.proxy_remote) return fail(Code::not_found, "Record not found");
    const auto found = TRY(remote_files->fetch(url));
    if (!found.media_type.starts_with("image/") || found.file.size > limits::media_bytes_max)
        return fail(Code::unsupported, "no picture", url);
    auto facts = TRY(pictures->look_at(TRY(found.bytes())));
    return links::ReaderParts::Picture{facts.width, facts.height, std::move(facts.blurhash)};
}

Result<> Node::Parts::open_doors() {
    auto& c = context();
    authenticator = std::make_unique<oauth::BearerAuthenticator>(c);
    sign_in_door = std::make_unique<oauth::SignInDoor>(c);
    group_homes = std::make_unique<ap::GroupHomes>(*fetching_signed, *store->clock);
    cookie_authenticator = std::make_unique<lemmy::v3::CookieAuthenticator>(*authenticator);
    ap_context = std::make_unique<ap::ApContext>(ap::ApContext{
        .community = c,
        .keys = *key_cache,
        .blocks = *blocks,
        .pipeline = *pipeline,
        .group_homes = *group_homes,
        .pages = {.root = [&c](http::Exchange& x) { return web::node_page(c, x); },
                  .person = [&c](http::Exchange& x) { return web::person_page(c, x); },
                  .group = [&c](http::Exchange& x) { return web::group_page(c, x); },
                  .post = [&c](http::Exchange& x) { return web::post_page(c, x); },
                  .collection = [&c](http::Exchange& x) { return web::collection_page(c, x); }},
        .version = KITH_VERSION});
    key_parking = std::make_unique<ap::KeyParking>(*pipeline);
    parking = std::make_unique<Parking>(*key_parking, *remote_files);
    ops_context = std::make_unique<ops::OpsContext>(
        ops::OpsContext{.community = c, .registry = registry, .refresh = [this] {
                            const auto backlog =
                                delivery_backlog(*store->db, *store->clock).value_or(DeliveryBacklog{});
                            measure(registry, {.front = front->stats(),
                                               .inbox = pipeline->counters(),
                                               .inbox_pending = pipeline->pending(),
                                               .lanes = lanes->counters(),
                                               .backlog = backlog,
                                               .fetching = fetching->counters(),
                                               .delivering = delivering->counters()});
                        }});
    public_router.before("/", http::request_ids(store->random));
    ip_gate = std::make_unique<IpGate>(c);
    public_router.before("/", [this](http::Exchange& x) {
        if (ip_gate->admits(x.client_address())) return true;
        (void)x.json(403, R"({"error":"This action is not allowed"})");
        return false;
    });
    public_router.before("/api", http::allow_cross_origin);
    web::add_routes(public_router, c);
    ap::add_routes(public_router, *ap_context);
    oauth::add_routes(public_router, c, *authenticator, *sign_in_door);
    member::add_routes(public_router, c, *sign_in_door);
    web::add_media_routes(public_router, c.urls, *media_store, *remote_files);
    if (const auto& server_url = store->config.translate.server; !server_url.empty()) {
        // The operator named it: it may well be on this machine.
        auto settings = client_settings(store->config);
        settings.rules.private_addresses = client::PrivateAddresses::allow;
        settings.rules.https_only = false;
        translating = TRY(client::CurlTransport::open(std::move(settings), nullptr));
        translator = std::make_unique<LibreTranslate>(server_url, *translating, *store->clock);
    }
    mastodon::add_routes(public_router, {.community = c,
                                         .authenticator = *authenticator,
                                         .lookup = lookup.get(),
                                         .pictures = pictures.get(),
                                         .uploads = uploads.get(),
                                         .translator = translator.get()});
    previews = std::make_unique<ReaderPreviews>(*link_reader);
    const lemmy::ApiContext lemmy_api{.community = c,
                                      .authenticator = *authenticator,
                                      .door = *sign_in_door,
                                      .lookup = lookup.get(),
                                      .pictures = pictures.get(),
                                      .files = media_store.get(),
                                      .previews = previews.get(),
                                      .version = presented_software(store->config, KITH_VERSION).version,
                                      .sign_ups = oauth::sign_up_limiter(*store->clock)};
    lemmy::add_routes(public_router, lemmy_api);
    lemmy::v3::add_routes(public_router, {.community = c,
                                          .authenticator = *cookie_authenticator,
                                          .door = *sign_in_door,
                                          .lookup = lookup.get(),
                                          .pictures = pictures.get(),
                                          .version = lemmy_api.version,
                                          .sign_ups = lemmy_api.sign_ups});
    own_api::add_routes(public_router, {.community = c,
                                        .authenticator = *authenticator,
                                        .actor_as_of_now = [this](std::string_view url) { return resolver->actor_as_of_now(url); }});
    ops::add_public_health(public_router, c);
    ops::add_routes(ops_router, *ops_context);

    const auto& server = store->config.server;
    front = TRY(http::Front::open(front_options(store->config, *parking, *handover), *store->clock));
    auto port =
        TRY(front->listen(server.listen.host, server.listen.port, public_router, public_listener));
    if (server.ops_listen)
        TRY(front->listen(server.ops_listen->host, server.ops_listen->port, ops_router,
                          ops_listener));
    control =
        TRY(ControlServer::open(control_socket(store->config.data_directory()),
                                [this](std::string_view line) { return carry_out(line); }));
    log::info("node.listening",
              {{"address", server.listen.host}, {"port", port}, {"url", store->config.base_url()}});
    return {};
}

// Of commands that need the network only what they fetch is done here.
Result<std::string> Node::Parts::carry_out(std::string_view line) {
    auto request = TRY(parse_admin_request(line));
    if (request.name == move_command) {
        request.values["TARGET"] = {TRY(resolver->actor_as_of_now(request.text("TARGET"))).ap_id};
        request.values[std::string(target_was_asked)] = {""};
    }
    if (request.name == group_move_command && !request.text("--to").empty()) {
        request.values["--to"] = {TRY(resolver->actor_as_of_now(request.text("--to"))).ap_id};
        request.values[std::string(target_was_asked)] = {""};
    }
    if (request.name == "peers catch-up") {
        TRY(catch_up->begin(TRY(catch_up_since(request, store->clock->now_ms())),
                            TRY(catch_up_host(request))));
        return std::string("asking; kith peers show HOST tells how it goes\n");
    }
    if (request.name == relay_add_command && request.has("--litepub")) {
        const auto relay = TRY(resolver->actor_as_of_now(request.text("INBOX")));
        request.values["INBOX"] = {relay.inbox};
        request.values["--litepub"] = {relay.ap_id};
    }
    if (request.name == emoji_add_command) return emoji_add(context(), *pictures, request);
    if (request.name == emoji_import_command) return emoji_import(context(), *pictures, request);
    if (request.name == subscribe_command)
        return domain_subscribe(context(), request, list_fetcher(*fetching_signed));
    auto answer = run_admin(context(), request);
    if (request.name == rotate_command) signer->forget_all();
    return answer;
}

void Node::Parts::register_jobs() {
    auto& c = context();
    worker = std::make_unique<jobs::Worker>(*store->db, *store->clock, store->ids);
    using Next = Result<std::optional<jobs::More>>;
    // Work that is done at once, …
    const auto once = [](auto work) {
        return [work](const model::Job& job) -> Next {
            TRY(work(job.payload));
            return std::optional<jobs::More>{};
        };
    };
    // … in pieces, one right after the other, …
    const auto in_pieces = [&c](auto work) {
        return [&c, work](const model::Job& job) -> Next {
            auto more = TRY(work(job.payload));
            if (!more) return std::optional<jobs::More>{};
            return std::optional(jobs::More{.payload = std::move(*more), .not_before = c.clock.now_ms()});
        };
    };
    // … or each in its time.
    const auto in_time = [](auto work) {
        return [work](const model::Job& job) -> Next {
            auto more = TRY(work(job.payload));
            if (!more) return std::optional<jobs::More>{};
            return std::optional(jobs::More{.payload = std::move(more->payload), .not_before = more->not_before});
        };
    };
    worker->handle("fan_out", in_pieces([&c](const std::string& payload) { return community::continue_fan_out(c, payload); }));
    worker->handle(std::string(community::close_group_job), in_pieces([&c](const std::string& payload) { return community::continue_closing(c, payload); }));
    worker->handle(community::FollowersSync::job_kind, once([this](const std::string& payload) { return followers_sync->work(payload); }));
    worker->handle(std::string(community::move_job), in_pieces([&c](const std::string& payload) { return community::continue_move(c, payload); }));
    worker->handle(std::string(community::rehome_job), in_pieces([&c](const std::string& payload) { return community::continue_rehoming(c, payload); }));
    worker->handle(std::string(community::thread_move_job),
                   in_pieces([&c](const std::string& payload) { return community::continue_thread_move(c, payload); }));
    const auto refuse_suspended = [this](const std::string& id) -> Result<> {
        if (TRY(blocks->suspended(TRY(Url::parse(id)).host_port()))) return fail(Code::forbidden, "the host is suspended here", id);
        return {};
    };
    const community::FetchAs fetch_as = [this, refuse_suspended](Id as, const std::string& id) -> Result<keys::FetchedDocument> {
        TRY(refuse_suspended(id));
        return keys::fetch_document_as(*fetching_signed, store->urls, id, as);
    };
    worker->handle(std::string(community::arrival_job),
                   in_time([&c, fetch_as](const std::string& payload) { return community::continue_arrival(c, fetch_as, payload); }));
    worker->handle(std::string(community::sever_job), in_pieces([&c](const std::string& payload) { return community::continue_severance(c, payload); }));
    worker->handle(std::string(community::scheduled_job), once([&c](const std::string& payload) { return community::publish_scheduled(c, payload); }));
    worker->handle(std::string(community::mail_job), once([this](const std::string& payload) -> Result<> {
                       const auto letter = TRY(community::mail_of(payload));
                       return mail::send(store->config, {letter.to, letter.subject, letter.text, letter.stop_url}, *store->clock, store->random);
                   }));
    worker->handle(std::string(community::verify_fields_job),
                   in_pieces([this, &c](const std::string& payload) -> Result<std::optional<std::string>> {
                       const auto check = TRY(community::field_to_check(c, payload));
                       if (!check) return std::optional<std::string>{};
                       if (links::names_person(*fetching, check->url, check->actor).value_or(false))
                           TRY(community::note_field_verified(c, *check));
                       return std::optional(check->next);
                   }));
    worker->handle(std::string(community::import_job), in_pieces([this, &c](const std::string& payload) {
                       return community::continue_import(
                           c, payload, {.actor = [this](const std::string& id) { return lookup->resolve_account(id); },
                                        .post = [this](const std::string& id) { return lookup->resolve_status(id); }});
                   }));
    worker->handle("poll_results", once([&c](const std::string& payload) { return community::send_results(c, payload); }));
    worker->handle("attendees", once([&c](const std::string& payload) { return community::send_attendees(c, payload); }));
    worker->handle("gathering_told", in_pieces([&c](const std::string& payload) { return community::tell_attendees(c, payload); }));
    const auto fetch = [this, refuse_suspended](const std::string& id) -> Result<keys::FetchedDocument> {
        TRY(refuse_suspended(id));
        return documents->fetch(id);
    };
    worker->handle("poll_end", in_time([&c, fetch](const std::string& payload) { return community::end_poll(c, payload, fetch); }));
    worker->every("alive", limits::alive_noted_every_ms, [this] { return catch_up->note_alive(); });
    worker->every("bans", limits::bans_looked_at_every_ms, [&c]() -> Result<> {
        while (TRY(community::lift_what_is_over(c))) {}
        return {};
    });
    worker->every("key_pool", hour_ms, [&c] { return community::fill_key_pool(c); });
    worker->every("peer_software", hour_ms, [this] { return ask_peer_software(*store, *fetching_signed); });
    worker->every("letters", limits::mail_due_every_ms, [&c] { return community::write_due_mail(c); });
    worker->every("trends", limits::trends_every_ms, [&c] { return community::refresh_trends(c); });
    worker->every("group discovery", hour_ms, [&c] { return community::compare_groups(c); });
    worker->every("media", hour_ms, [this, &c]() -> Result<> {
        while (TRY(community::sweep_media(
            c, [this](const std::string& name) { return media_store->remove(name); }))) {}
        TRY(community::measure_media(c, [this](const std::string& name) -> Result<std::uint64_t> {
            return TRY(media_store->open(name)).size;
        }));
        return remote_files->sweep();
    });
    worker->every("blocklists", hour_ms, [this, &c] {
        return community::refresh_blocklists(c, list_fetcher(*fetching_signed));
    });
    worker->every("trim", hour_ms, [this, &c]() -> Result<> {
        TRY(community::trim(c));
        while (TRY(pipeline->sweep())) {}
        return {};
    });
}

Result<> Node::Parts::start() {
    register_jobs();
    projection = std::make_unique<insight::Projection>(context());
    streams->start();
    feed->start();
    push_sender->start();
    link_reader->start();
    remote_files->start();
    TRY(uploads->start());
    TRY(publisher->start());
    TRY(lanes->start());
    pipeline->start();
    if (store->config.insight.enabled) TRY(projection->start());
    TRY(catch_up->start());  // before the worker, which notes that the node is there
    return worker->start();
}

void Node::Parts::stop() {
    control.reset();
    uploads->stop();
    remote_files->stop();
    link_reader->stop();
    push_sender->stop();
    feed->stop();
    streams->stop();
    worker->stop();
    catch_up->stop();
    projection->stop();
    pipeline->stop();
    publisher->stop();
    lanes->stop();
    key_cache->stop();
}

Node::Node(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Node::~Node() = default;

Result<std::unique_ptr<Node>> Node::open(Config config) {
    auto parts = std::make_unique<Parts>(TRY(Store::open(std::move(config))));
    TRY(parts->open_federation());
    TRY(parts->open_doors());
    TRY(parts->start());
    return std::unique_ptr<Node>(new Node(std::move(parts)));
}

bool Node::run() {
    const bool clean = parts_->front->run() == http::Front::Stop::clean;
    if (!clean) return false;
    parts_->stop();
    log::info("node.stopped", {});
    return true;
}

void Node::request_stop() { parts_->front->request_stop(); }

}  // namespace kith
