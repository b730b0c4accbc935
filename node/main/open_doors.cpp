// Every way in: the routes, the front that listens, and the socket of the commands.
#include "base/core/log.hpp"
#include "config/limits/inbox.hpp"
#include "config/limits/main.hpp"
#include "config/limits/media.hpp"
#include "config/present_as.hpp"
#include "node/api/kith/routes.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/member/routes.hpp"
#include "node/api/oauth/routes.hpp"
#include "node/api/oauth/sign_up_limiter.hpp"
#include "node/http/middleware.hpp"
#include "node/main/measures.hpp"
#include "node/main/node_parts.hpp"
#include "node/web/routes.hpp"

#include <algorithm>
#include <unistd.h>

namespace kith {

namespace {

// The lanes of the front, in the order of FrontOptions::lanes: an inbox flood must not starve
// members.
enum LaneIndex : std::size_t { members_lane, inbox_lane, pages_lane, ops_lane };
enum ListenerIndex : http::ListenerTag { public_listener, ops_listener };

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

Result<> Node::Parts::open_doors() {
    open_contexts();
    TRY(add_routes());
    return listen();
}

void Node::Parts::open_contexts() {
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
}

Result<> Node::Parts::add_routes() {
    auto& c = context();
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
    return {};
}

Result<> Node::Parts::listen() {
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

}  // namespace kith
