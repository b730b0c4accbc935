#include "federation/client/exchange.hpp"
#include "federation/client/url_rules.hpp"
#include "fixture.hpp"

using namespace kith;
using namespace kith::client;
using namespace kith::client::test;

namespace {

TestServer redirecting_to(const std::string& location, int status = 302) {
    return TestServer(
        [=](Peer& peer, const Seen&) { peer.reply(status, {"Location: " + location}, "moved"); });
}

TestServer answering(const std::string& body) {
    return TestServer([=](Peer& peer, const Seen&) { peer.reply(200, {}, body); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redirects)

BOOST_AUTO_TEST_CASE(every_kind_of_redirect_of_a_get_is_followed) {
    TestServer server([](Peer& peer, const Seen& seen) {
        if (seen.target == "/end") return peer.reply(200, {}, "end");
        peer.reply(std::stoi(seen.target.substr(1)), {"Location: /end"}, "");
    });
    auto transport = open();
    for (const auto* path : {"/301", "/302", "/303", "/307", "/308"}) {
        const Response answer = require_answer(*transport, get(server.url(path)));
        BOOST_TEST(answer.body == "end");
        BOOST_TEST(answer.final_url.str() == server.url("/end"));
    }
    BOOST_TEST(transport->counters().redirects == 5u);
    BOOST_TEST(require_answer(*transport, get(server.url("/304"))).status == 304);
}

BOOST_AUTO_TEST_CASE(credentials_stay_with_their_origin) {
    TestServer other = answering("other");
    TestServer server([&](Peer& peer, const Seen& seen) {
        if (seen.target == "/same") return peer.reply(302, {"Location: /away"}, "");
        peer.reply(302, {"Location: " + other.url("/")}, "");
    });
    auto transport = open();
    Request request = get(server.url("/same"));
    request.accept = "text/html";
    for (const auto* name : {"Authorization", "Cookie", "Signature", "Signature-Input"}) {
        request.headers.add(name, "secret");
    }
    BOOST_TEST(require_answer(*transport, std::move(request)).body == "other");
    BOOST_TEST(server.seen().at(1).headers.at("authorization") == "secret");
    const Seen away = other.seen().at(0);
    for (const auto* name : {"authorization", "cookie", "signature", "signature-input"}) {
        BOOST_TEST(!away.headers.contains(name), name);
    }
    BOOST_TEST(away.headers.at("accept") == "text/html");
}

BOOST_AUTO_TEST_CASE(a_post_is_never_redirected) {
    TestServer target = answering("");
    for (const int status : {301, 302, 303, 307, 308}) {
        TestServer server = redirecting_to(target.url("/"), status);
        auto transport = open();
        require_fault(*transport, post(server.url("/"), "{}"), TransportFault::redirect_refused);
    }
    BOOST_TEST(target.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_circle_is_left_at_once) {
    TestServer server([](Peer& peer, const Seen& seen) {
        peer.reply(302, {seen.target == "/a" ? "Location: /b" : "Location: /a"}, "");
    });
    auto transport = open();
    Request request = get(server.url("/a"));
    request.redirects_max = 100;
    require_fault(*transport, std::move(request), TransportFault::redirect_refused);
    BOOST_TEST(server.seen().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_long_chain_is_left_after_the_limit) {
    TestServer server([](Peer& peer, const Seen& seen) {
        peer.reply(302, {"Location: " + seen.target + "x"}, "");
    });
    auto transport = open();
    require_fault(*transport, get(server.url("/")), TransportFault::redirect_refused);
    BOOST_TEST(server.seen().size() == 4u);  // the first and three more
    Request none = get(server.url("/"));
    none.redirects_max = 0;
    require_fault(*transport, std::move(none), TransportFault::redirect_refused);
    BOOST_TEST(server.seen().size() == 5u);
}

BOOST_AUTO_TEST_CASE(the_rules_for_urls_hold_for_each_hop) {
    ClientSettings settings = loopback_settings();
    settings.rules.own_hosts = {"self.example"};
    auto transport = open(settings);
    TestServer home = redirecting_to("https://self.example/admin");
    require_fault(*transport, get(home.url("/")), TransportFault::own_host);
    for (const auto* location :
         {"file:///etc/passwd", "gopher://127.0.0.1/", "http://a@127.0.0.1/", "http://[", ""}) {
        TestServer server = redirecting_to(location);
        const Outcome outcome = fetch(*transport, get(server.url("/")));
        BOOST_TEST(!outcome.has_value(), location);
    }
}

BOOST_AUTO_TEST_CASE(the_deadline_is_that_of_all_hops_together) {
    TestServer server([](Peer& peer, const Seen& seen) {
        if (seen.target != "/") return peer.stay_silent();
        peer.reply(302, {"Location: /silent"}, "");
    });
    auto transport = open();
    Request request = get(server.url("/"));
    request.timeout_ms = 300;
    const auto began_ms = steady_ms();
    require_fault(*transport, std::move(request), TransportFault::timeout);
    BOOST_TEST(steady_ms() - began_ms < 5'000);
}

BOOST_AUTO_TEST_CASE(https_is_not_left_for_http) {
    Response answer;
    answer.status = 302;
    answer.headers.add("Location", "http://peer.example/a");
    const auto target = redirect_target(url("https://peer.example/"), answer);
    BOOST_REQUIRE(!target);
    BOOST_TEST(to_string(target.error().fault) == "redirect_refused");
    BOOST_TEST(redirect_target(url("http://peer.example/"), answer).has_value());
}

BOOST_AUTO_TEST_CASE(two_locations_are_none) {
    Response answer;
    answer.status = 302;
    answer.headers.add("Location", "/a");
    answer.headers.add("location", "/b");
    BOOST_TEST(!redirect_target(url("https://peer.example/"), answer).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
