#include "config/limits/client.hpp"
#include "fixture.hpp"

#include <atomic>

using namespace kith;
using namespace kith::client;
using namespace kith::client::test;

namespace {

// "Signs" with what it was told and a number that is new each time.
class CountingSigner final : public RequestSigner {
public:
    Result<std::vector<Header>> sign(const SigningRequest& request) override {
        if (request.identity.actor_id == 13) return fail(Code::not_found, "no such key");
        const int number = ++calls;
        return std::vector<Header>{
            {"Date", "today"},
            {"Signature", std::to_string(number) + " " + std::to_string(request.identity.actor_id) +
                              " " + std::string(request.method) + " " + request.url.host_port() +
                              " " + std::to_string(request.body.size())}};
    }
    std::atomic<int> calls{0};
};

Request as_actor(Request request, Id actor) {
    request.identity = SigningIdentity{actor, SignatureFlavour::cavage};
    return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signing)

BOOST_AUTO_TEST_CASE(a_request_carries_what_the_signer_made_of_it) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(202, {}, ""); });
    CountingSigner signer;
    auto transport = open(loopback_settings(), &signer);
    Request request = as_actor(post(server.url("/"), "{\"a\":1}"), 7);
    request.headers.add("date", "yesterday");
    require_answer(*transport, std::move(request));
    const Seen seen = server.seen().at(0);
    BOOST_TEST(seen.headers.at("signature") == "1 7 POST " + server.host_port() + " 7");
    BOOST_TEST(seen.headers.at("date") == "today");
}

BOOST_AUTO_TEST_CASE(each_hop_is_signed_anew_for_its_host) {
    TestServer other([](Peer& peer, const Seen&) { peer.reply(200, {}, ""); });
    TestServer server(
        [&](Peer& peer, const Seen&) { peer.reply(302, {"Location: " + other.url("/")}, ""); });
    CountingSigner signer;
    auto transport = open(loopback_settings(), &signer);
    require_answer(*transport, as_actor(get(server.url("/")), 7));
    BOOST_TEST(server.seen().at(0).headers.at("signature") ==
               "1 7 GET " + server.host_port() + " 0");
    BOOST_TEST(other.seen().at(0).headers.at("signature") == "2 7 GET " + other.host_port() + " 0");
}

BOOST_AUTO_TEST_CASE(without_a_signature_nothing_goes_out) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {}, ""); });
    CountingSigner signer;
    auto transport = open(loopback_settings(), &signer);
    require_fault(*transport, as_actor(get(server.url("/")), 13), TransportFault::signing);
    auto without_signer = open();
    require_fault(*without_signer, as_actor(get(server.url("/")), 7), TransportFault::signing);
    BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_request_without_identity_is_not_signed) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {}, ""); });
    CountingSigner signer;
    auto transport = open(loopback_settings(), &signer);
    require_answer(*transport, get(server.url("/")));
    BOOST_TEST(!server.seen().at(0).headers.contains("signature"));
}

BOOST_AUTO_TEST_CASE(many_signed_requests_to_several_hosts_all_arrive_once) {
    constexpr int hosts = 4, each = 50;
    std::vector<std::unique_ptr<TestServer>> servers;
    for (int i = 0; i < hosts; ++i) {
        servers.push_back(
            std::make_unique<TestServer>([](Peer& peer, const Seen&) { peer.reply(202, {}, ""); }));
    }
    CountingSigner signer;
    auto transport = open(loopback_settings(), &signer);
    std::atomic<int> answered{0};
    for (int i = 0; i < hosts * each; ++i) {
        transport->send(as_actor(post(servers[i % hosts]->url("/inbox"), std::to_string(i)), 7),
                        [&](Outcome outcome) { answered += outcome && outcome->status == 202; });
    }
    BOOST_TEST(eventually([&] { return answered == hosts * each; }));
    for (const auto& server : servers) {
        const auto seen = server->seen();
        BOOST_TEST(seen.size() == static_cast<std::size_t>(each));
        for (const Seen& one : seen)
            BOOST_TEST(one.connection < limits::client_in_flight_per_host_max);
    }
    BOOST_TEST(signer.calls == hosts * each);
}

BOOST_AUTO_TEST_SUITE_END()
