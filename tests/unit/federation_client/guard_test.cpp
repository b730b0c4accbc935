#include "fixture.hpp"

using namespace kith;
using namespace kith::client;
using namespace kith::client::test;

BOOST_AUTO_TEST_SUITE(client_guard)

BOOST_AUTO_TEST_CASE(private_addresses_are_refused_in_every_spelling) {
    auto transport = open(guarded_settings());
    for (const auto* host : {"127.0.0.1", "localhost", "localhost.", "[::1]", "[::]", "0.0.0.0",
                             "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "0x7f.1",
                             "0177.0.0.1", "127.1", "2130706433", "169.254.169.254", "10.0.0.1"}) {
        for (const auto* scheme : {"http://", "https://"}) {
            const auto parsed = Url::parse(scheme + std::string(host) + "/");
            if (!parsed) continue;  // refused even earlier
            Request request;
            request.url = *parsed;
            const Outcome outcome = fetch(*transport, std::move(request));
            BOOST_REQUIRE_MESSAGE(!outcome, host);
            BOOST_TEST(to_string(outcome.error().fault) == "address_refused", host);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_leads_to_a_private_address_is_refused) {
    ClientSettings settings = guarded_settings();
    settings.resolve = {{"inside.example", "127.0.0.1"}, {"inside6.example", "::1"}};
    auto transport = open(settings);
    for (const auto* address :
         {"http://inside.example/", "https://inside.example/", "https://inside6.example/"}) {
        require_fault(*transport, get(address), TransportFault::address_refused);
    }
}

BOOST_AUTO_TEST_CASE(an_override_leads_a_name_to_its_address) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {}, "found"); });
    ClientSettings settings = loopback_settings();
    settings.resolve = {{"peer.example", "127.0.0.1"}};
    auto transport = open(settings);
    BOOST_TEST(require_answer(*transport, get(server.url("/", "peer.example"))).body == "found");
    BOOST_TEST(server.seen().at(0).headers.at("host") == server.host_port("peer.example"));
}

BOOST_AUTO_TEST_CASE(only_https_on_its_own_port_is_spoken_where_the_node_does) {
    UrlRules rules;
    BOOST_TEST(!refuse_url(rules, url("https://peer.example/a")));
    BOOST_TEST(!refuse_url(rules, url("https://peer.example:443/a")));
    BOOST_TEST(!!refuse_url(rules, url("http://peer.example/a")));
    BOOST_TEST(!!refuse_url(rules, url("https://peer.example:8443/a")));
    rules.https_only = false;
    BOOST_TEST(!refuse_url(rules, url("http://peer.example/a")));
    BOOST_TEST(!!refuse_url(rules, url("http://peer.example:8080/a")));
    rules.private_addresses = PrivateAddresses::allow;
    BOOST_TEST(!refuse_url(rules, url("http://peer.example:8080/a")));
}

BOOST_AUTO_TEST_CASE(other_schemes_and_user_info_never_become_a_url) {
    for (const auto* address : {"ftp://peer.example/", "file:///etc/passwd", "data:text/plain,x",
                                "gopher://peer.example/", "http://user:secret@peer.example/",
                                "http://user@peer.example/"}) {
        BOOST_TEST(!Url::parse(address).has_value(), address);
    }
    auto transport = open();
    require_fault(*transport, Request{}, TransportFault::url_refused);
}

BOOST_AUTO_TEST_CASE(our_own_host_is_never_asked) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {}, ""); });
    ClientSettings settings = loopback_settings();
    settings.rules.own_hosts = {"self.example", server.host_port()};
    auto transport = open(settings);
    require_fault(*transport, get("https://self.example/u/a"), TransportFault::own_host);
    require_fault(*transport, get("https://SELF.example:443/u/a"), TransportFault::own_host);
    require_fault(*transport, get(server.url("/")), TransportFault::own_host);
    BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_CASE(faults_become_errors_of_the_right_kind) {
    BOOST_CHECK(
        (TransportError{TransportFault::address_refused, ""}.to_error().code == Code::forbidden));
    BOOST_CHECK((TransportError{TransportFault::timeout, ""}.to_error().code == Code::timeout));
    BOOST_CHECK((TransportError{TransportFault::tls, ""}.to_error().code == Code::unavailable));
    BOOST_CHECK((TransportError{TransportFault::too_large, ""}.to_error().code == Code::upstream));
    BOOST_TEST(is_host_failure(TransportFault::dns));
    BOOST_TEST(!is_host_failure(TransportFault::overloaded));
    BOOST_TEST(!is_host_failure(TransportFault::redirect_refused));
}

BOOST_AUTO_TEST_SUITE_END()
