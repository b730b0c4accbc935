#include "federation/client/curl_transport.hpp"

#include "fixture.hpp"

#include <condition_variable>
#include <future>

using namespace kith;
using namespace kith::client;
using namespace kith::client::test;

namespace {

// Holds handlers until the test lets them go, and counts how many it held at once.
class Gate {
public:
    void pass() {
        std::unique_lock lock(mutex_);
        inside_max_ = std::max(inside_max_, ++inside_);
        changed_.wait(lock, [this] { return open_; });
        --inside_;
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    int inside() {
        const std::lock_guard lock(mutex_);
        return inside_;
    }
    int inside_max() {
        const std::lock_guard lock(mutex_);
        return inside_max_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    int inside_ = 0, inside_max_ = 0;
};

std::future<Outcome> send(Transport& transport, Request request) {
    auto answer = std::make_shared<std::promise<Outcome>>();
    transport.send(std::move(request),
                   [answer](Outcome outcome) { answer->set_value(std::move(outcome)); });
    return answer->get_future();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(curl_transport)

BOOST_AUTO_TEST_CASE(a_get_brings_status_headers_and_body) {
    TestServer server([](Peer& peer, const Seen&) {
        peer.reply(203, {"Content-Type: text/plain", "X-Twice: 1", "x-twice: 2"}, "hello");
    });
    auto transport = open();
    Request request = get(server.url("/a?b=c"));
    request.accept = "text/plain";
    request.headers.add("X-Extra", "yes");
    const Response answer = require_answer(*transport, std::move(request));
    BOOST_TEST(answer.status == 203);
    BOOST_TEST(answer.body == "hello");
    BOOST_TEST(answer.headers.get("content-TYPE").value() == "text/plain");
    BOOST_TEST(answer.headers.count("X-Twice") == 2u);
    BOOST_TEST(answer.final_url.str() == server.url("/a?b=c"));

    const Seen seen = server.seen().at(0);
    BOOST_TEST(seen.method == "GET");
    BOOST_TEST(seen.target == "/a?b=c");
    BOOST_TEST(seen.headers.at("host") == server.host_port());
    BOOST_TEST(seen.headers.at("accept") == "text/plain");
    BOOST_TEST(seen.headers.at("accept-encoding") == "identity");
    BOOST_TEST(seen.headers.at("user-agent") == "kith/0.0.1 (+https://self.example/)");
    BOOST_TEST(seen.headers.at("x-extra") == "yes");
    BOOST_TEST(!seen.headers.contains("cookie"));
}

BOOST_AUTO_TEST_CASE(a_post_carries_its_body_and_connections_are_kept) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(202, {}, ""); });
    auto transport = open();
    const std::string large(2'000'000, 'x');  // above what makes curl ask with Expect
    BOOST_TEST(require_answer(*transport, post(server.url("/inbox"), "{}")).status == 202);
    BOOST_TEST(require_answer(*transport, post(server.url("/inbox"), large)).status == 202);
    const auto seen = server.seen();
    BOOST_REQUIRE(seen.size() == 2u);
    BOOST_TEST(seen[0].method == "POST");
    BOOST_TEST(seen[0].body == "{}");
    BOOST_TEST(seen[0].headers.at("content-type") == "application/activity+json");
    BOOST_TEST((seen[1].body == large));
    BOOST_TEST(!seen[1].headers.contains("expect"));
    BOOST_TEST(seen[1].connection == 0);
    BOOST_TEST(seen[1].nth == 1);
    BOOST_TEST(transport->counters().responses == 2u);
    BOOST_TEST(transport->counters().sent_body_bytes == 2 + large.size());
}

BOOST_AUTO_TEST_CASE(cookies_of_one_answer_do_not_come_back) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {"Set-Cookie: a=b"}, ""); });
    auto transport = open();
    require_answer(*transport, get(server.url("/")));
    require_answer(*transport, get(server.url("/")));
    BOOST_TEST(!server.seen().at(1).headers.contains("cookie"));
}

BOOST_AUTO_TEST_CASE(a_proxy_of_the_environment_is_ignored) {
    ::setenv("http_proxy", "http://127.0.0.1:9/", 1);
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {}, "direct"); });
    auto transport = open();
    BOOST_TEST(require_answer(*transport, get(server.url("/"))).body == "direct");
    ::unsetenv("http_proxy");
}

BOOST_AUTO_TEST_CASE(an_answer_announced_as_too_long_is_refused_before_it_is_read) {
    TestServer server([](Peer& peer, const Seen&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\n");
        peer.stay_silent();
        peer.close();
    });
    auto transport = open();
    Request request = get(server.url("/"));
    request.response_bytes_max = 1'000'000;
    require_fault(*transport, std::move(request), TransportFault::too_large);
}

BOOST_AUTO_TEST_CASE(an_endless_answer_without_a_length_is_cut_at_the_limit) {
    TestServer server([](Peer& peer, const Seen&) {
        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        peer.drip("400\r\n" + std::string(0x400, 'x') + "\r\n", 0);
        peer.close();
    });
    auto transport = open();
    Request request = get(server.url("/"));
    request.response_bytes_max = 100'000;
    require_fault(*transport, std::move(request), TransportFault::too_large);
    BOOST_TEST(transport->counters().received_body_bytes <= 100'000u);
}

BOOST_AUTO_TEST_CASE(a_caller_may_take_the_body_piece_by_piece) {
    TestServer server([](Peer& peer, const Seen& seen) {
        if (seen.target == "/no")
            peer.reply(404, {}, "none");
        else
            peer.reply(200, {}, std::string(500'000, 'x'));
    });
    auto transport = open();
    std::string taken;
    auto request = get(server.url("/yes"));
    request.take_body = [&](std::string_view piece) { return taken += piece, true; };
    BOOST_TEST(require_answer(*transport, std::move(request)).body.empty());
    BOOST_TEST(taken.size() == 500'000u);
    taken.clear();
    request = get(server.url("/no"));
    request.take_body = [&](std::string_view piece) { return taken += piece, true; };
    BOOST_TEST(require_answer(*transport, std::move(request)).body == "none");
    BOOST_TEST(taken.empty());
    request = get(server.url("/yes"));
    request.take_body = [](std::string_view) { return false; };
    require_fault(*transport, std::move(request), TransportFault::network);
    request = get(server.url("/yes"));
    request.response_bytes_max = 1'000;
    request.take_body = [&](std::string_view piece) { return taken += piece, true; };
    require_fault(*transport, std::move(request), TransportFault::too_large);
    BOOST_TEST(taken.size() <= 1'000u);
}

BOOST_AUTO_TEST_CASE(an_answer_of_exactly_the_limit_is_taken) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {}, std::string(1000, 'x')); });
    auto transport = open();
    Request request = get(server.url("/"));
    request.response_bytes_max = 1000;
    BOOST_TEST(require_answer(*transport, std::move(request)).body.size() == 1000u);
}

BOOST_AUTO_TEST_CASE(a_caller_that_wants_the_beginning_gets_status_and_beginning) {
    TestServer server([](Peer& peer, const Seen&) { peer.reply(200, {}, std::string(5000, 'x')); });
    auto transport = open();
    Request request = post(server.url("/"), "{}");
    request.response_bytes_max = 100;
    request.oversize = Oversize::cut;
    const Response answer = require_answer(*transport, std::move(request));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body == std::string(100, 'x'));
}

BOOST_AUTO_TEST_CASE(too_many_header_bytes_are_refused) {
    TestServer server([](Peer& peer, const Seen&) {
        peer.send("HTTP/1.1 200 OK\r\n");
        peer.drip("X-Fill: " + std::string(1000, 'x') + "\r\n", 0);
        peer.close();
    });
    auto transport = open();
    require_fault(*transport, get(server.url("/")), TransportFault::protocol);
}

BOOST_AUTO_TEST_CASE(an_answer_with_a_content_encoding_is_refused) {
    TestServer server([](Peer& peer, const Seen&) {
        peer.reply(200, {"Content-Encoding: gzip"}, "\x1f\x8b not unpacked");
    });
    auto transport = open();
    require_fault(*transport, get(server.url("/")), TransportFault::protocol);
}

BOOST_AUTO_TEST_CASE(what_is_not_http_is_refused) {
    TestServer server([](Peer& peer, const Seen&) {
        peer.send("220 mail.example ESMTP\r\n");
        peer.close();
    });
    auto transport = open();
    require_fault(*transport, get(server.url("/")), TransportFault::protocol);
}

BOOST_AUTO_TEST_CASE(a_server_that_drips_is_cut_by_the_total_deadline) {
    TestServer server([](Peer& peer, const Seen&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        peer.drip("x", 20);
        peer.close();
    });
    auto transport = open();
    Request request = get(server.url("/"));
    request.timeout_ms = 300;
    const auto began_ms = steady_ms();
    require_fault(*transport, std::move(request), TransportFault::timeout);
    BOOST_TEST(steady_ms() - began_ms < 5'000);
}

BOOST_AUTO_TEST_CASE(faults_of_the_way_are_told_apart) {
    int closed_port = 0;
    {
        closed_port = TestServer([](Peer&, const Seen&) {}).port();
    }
    TestServer plain([](Peer& peer, const Seen&) { peer.reply(200, {}, ""); });
    auto transport = open();
    const std::string closed = "127.0.0.1:" + std::to_string(closed_port);
    require_fault(*transport, get("http://" + closed + "/"), TransportFault::connect);
    require_fault(*transport, get("https://" + plain.host_port() + "/"), TransportFault::tls);
}

BOOST_AUTO_TEST_CASE(a_name_without_an_address_is_a_fault_of_dns) {
    auto transport = open();
    Request request = get("http://nobody.invalid/");
    request.timeout_ms = 3'000;
    const Outcome outcome = fetch(*transport, std::move(request));
    BOOST_REQUIRE(!outcome);
    // Where the machine's name server does not answer at all, it is time that runs out.
    BOOST_TEST((outcome.error().fault == TransportFault::dns ||
                outcome.error().fault == TransportFault::timeout));
}

BOOST_AUTO_TEST_CASE(a_post_whose_kept_connection_died_is_sent_once_more_on_a_fresh_one) {
    TestServer server([](Peer& peer, const Seen& seen) {
        if (seen.connection == 0 && seen.nth == 1) return peer.close();  // without an answer
        peer.reply(202, {}, "");
    });
    auto transport = open();
    BOOST_TEST(require_answer(*transport, post(server.url("/"), "1")).status == 202);
    BOOST_TEST(require_answer(*transport, post(server.url("/"), "2")).status == 202);
    const auto seen = server.seen();
    BOOST_REQUIRE(seen.size() == 3u);
    BOOST_TEST(seen[1].body == "2");
    BOOST_TEST(seen[2].body == "2");
    BOOST_TEST(seen[2].connection == 1);
}

BOOST_AUTO_TEST_CASE(a_fresh_connection_that_dies_is_not_tried_again) {
    TestServer server([](Peer& peer, const Seen&) { peer.close(); });
    auto transport = open();
    require_fault(*transport, post(server.url("/"), "1"), TransportFault::network);
    BOOST_TEST(server.seen().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_died_within_an_answer_is_not_tried_again) {
    TestServer server([](Peer& peer, const Seen& seen) {
        if (seen.nth == 0) return peer.reply(202, {}, "");
        peer.send("HTTP/1.1 202 Accepted\r\nContent-Le");
        peer.close();
    });
    auto transport = open();
    require_answer(*transport, post(server.url("/"), "1"));
    const Outcome outcome = fetch(*transport, post(server.url("/"), "2"));
    BOOST_TEST(!outcome.has_value());
    BOOST_TEST(server.seen().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_host_is_sent_no_more_at_once_than_its_bound) {
    Gate gate;
    TestServer server([&](Peer& peer, const Seen&) {
        gate.pass();
        peer.reply(200, {}, "");
    });
    ClientSettings settings = loopback_settings();
    settings.in_flight_per_host_max = 2;
    auto transport = open(settings);
    std::vector<std::future<Outcome>> answers;
    for (int i = 0; i < 6; ++i) answers.push_back(send(*transport, get(server.url("/"))));
    const bool bounded =
        eventually([&] { return gate.inside() == 2 && transport->counters().waiting == 4; });
    gate.open();
    BOOST_TEST(bounded);
    for (auto& answer : answers) BOOST_TEST(answer.get().has_value());
    BOOST_TEST(gate.inside_max() == 2);
}

BOOST_AUTO_TEST_CASE(a_silent_host_does_not_hold_up_another) {
    TestServer silent([](Peer& peer, const Seen&) { peer.stay_silent(); });
    TestServer healthy([](Peer& peer, const Seen&) { peer.reply(200, {}, ""); });
    auto transport = open();
    std::vector<std::future<Outcome>> held;
    for (int i = 0; i < 20; ++i) held.push_back(send(*transport, get(silent.url("/"))));
    BOOST_TEST(require_answer(*transport, get(healthy.url("/"))).status == 200);
    transport.reset();  // what is still held is told so
    for (auto& answer : held) {
        const Outcome outcome = answer.get();
        BOOST_REQUIRE(!outcome);
        BOOST_TEST(to_string(outcome.error().fault) == "stopped");
    }
}

BOOST_AUTO_TEST_CASE(waiting_is_bounded_in_number_and_time) {
    TestServer silent([](Peer& peer, const Seen&) { peer.stay_silent(); });
    ClientSettings settings = loopback_settings();
    settings.in_flight_max = 1;
    settings.waiting_max = 1;
    auto transport = open(settings);
    auto first = send(*transport, get(silent.url("/")));
    BOOST_REQUIRE(eventually([&] { return transport->counters().in_flight == 1; }));
    Request short_lived = get(silent.url("/"));
    short_lived.timeout_ms = 300;
    auto second = send(*transport, std::move(short_lived));
    BOOST_REQUIRE(eventually([&] { return transport->counters().waiting == 1; }));
    require_fault(*transport, get(silent.url("/")), TransportFault::overloaded);
    const Outcome waited = second.get();
    BOOST_REQUIRE(!waited);
    BOOST_TEST(to_string(waited.error().fault) == "overloaded");
    BOOST_TEST(silent.seen().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
