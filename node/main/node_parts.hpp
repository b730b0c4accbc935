#pragma once
#include "federation/client/curl_transport.hpp"
#include "federation/delivery/lanes.hpp"
#include "federation/delivery/publisher.hpp"
#include "federation/discovery/resolver.hpp"
#include "federation/inbox/pipeline.hpp"
#include "federation/keys/key_cache.hpp"
#include "federation/keys/knocking_transport.hpp"
#include "federation/keys/signer.hpp"
#include "node/ap/group_readers.hpp"
#include "node/ap/routes.hpp"
#include "node/api/lemmy_v3/sign_in.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/api/oauth/sign_in_door.hpp"
#include "node/community/catch_up.hpp"
#include "node/community/followers_sync.hpp"
#include "node/community/inbound/resolved_posts.hpp"
#include "node/community/inbound/sink.hpp"
#include "node/files/remote.hpp"
#include "node/files/uploads.hpp"
#include "node/http/front.hpp"
#include "node/http/router.hpp"
#include "node/insight/projection.hpp"
#include "node/jobs/worker.hpp"
#include "node/links/reader.hpp"
#include "node/main/control.hpp"
#include "node/main/ip_gate.hpp"
#include "node/main/libre_translate.hpp"
#include "node/main/link_previews.hpp"
#include "node/main/lookup.hpp"
#include "node/main/node.hpp"
#include "node/main/parking.hpp"
#include "node/main/store.hpp"
#include "node/main/stream_voice.hpp"
#include "node/media/pictures.hpp"
#include "node/ops/routes.hpp"
#include "node/push/sender.hpp"
#include "node/stream/feed.hpp"
#include "node/stream/server.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace kith {

// In the order in which they are made; taken down in the opposite one.
struct Node::Parts {
    explicit Parts(std::unique_ptr<Store> opened) : store(std::move(opened)) {}
    // Commits go on until the last part is gone; the publisher goes before.
    ~Parts() { store->db->on_news({}); }

    // The steps of a start, in this order, each in a file of its name.
    Result<> open_federation();
    Result<> open_media();
    Result<> open_news();
    Result<> open_doors();
    void open_jobs();

    Result<> start();
    void stop();

    // A command of `kith …`, sent to the node that runs.
    Result<std::string> carry_out(std::string_view line);
    Result<links::ReaderParts::Picture> look_at(const std::string& url);
    community::Context& context() { return *store->context; }

    // Of doors.
    void open_contexts();
    Result<> add_routes();
    Result<> listen();
    // Of jobs.
    void handle_moves();
    void handle_letters_and_links();
    void handle_polls_and_events();
    void repeat_what_is_due();
    Result<> sweep_files();
    Result<> refuse_suspended(const std::string& id);

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

// How this node reaches others: never itself, and nothing private where the configuration does not allow it.
client::ClientSettings client_settings(const Config&);

}  // namespace kith
