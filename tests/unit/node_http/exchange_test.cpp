#include <boost/test/unit_test.hpp>

#include "base/core/random.hpp"
#include "exchange_fixture.hpp"
#include "node/http/middleware.hpp"

using namespace kith::http;
using kith::Code;
using kith::parse_ip_address;
using kith::parse_network;

BOOST_AUTO_TEST_SUITE(exchange)

BOOST_AUTO_TEST_CASE(a_header_cannot_end_its_line) {
    ExchangeFixture f("GET /");
    BOOST_TEST(!f.exchange.set_header("X-A", "a\r\nSet-Cookie: b"));
    BOOST_TEST(!f.exchange.set_header("X-A", std::string("a\0b", 3)));
    BOOST_TEST(!f.exchange.add_header("X A", "a"));
    BOOST_TEST(f.exchange.response().headers.empty());
    BOOST_TEST(!f.exchange.redirect("/\r\nX: y"));
    BOOST_TEST(f.exchange.redirect("/next").has_value());
    BOOST_TEST(f.exchange.response().status == 302);
    BOOST_TEST(f.exchange.response().header("location") == "/next");
}

BOOST_AUTO_TEST_CASE(set_replaces_and_add_appends) {
    ExchangeFixture f("GET /");
    f.exchange.set_header("X-A", "1");
    f.exchange.set_header("x-a", "2");
    f.exchange.add_header("Set-Cookie", "a");
    f.exchange.add_header("Set-Cookie", "b");
    f.exchange.vary_by("Accept");
    f.exchange.vary_by("accept");
    f.exchange.vary_by("Cookie");
    BOOST_TEST(f.exchange.response().headers.size() == 4u);
    BOOST_TEST(f.exchange.response().header("X-A") == "2");
    BOOST_TEST(f.exchange.response().header("Vary") == "Accept, Cookie");
}

BOOST_AUTO_TEST_CASE(the_body_comes_raw_unpacked_and_as_parameters) {
    ExchangeFixture plain("POST /?a=1", "Content-Type: application/json\r\n", R"({"b":2})");
    BOOST_TEST(plain.exchange.raw_body().value() == R"({"b":2})");
    BOOST_TEST(plain.exchange.body().value() == R"({"b":2})");
    const auto* params = plain.exchange.params().value();
    BOOST_TEST(params->get("a").value() == "1");
    BOOST_TEST(params->get("b").value() == "2");
    ExchangeFixture packed("POST /", "Content-Encoding: gzip\r\n", "x");
    BOOST_TEST(packed.exchange.raw_body().value() == "x");
    BOOST_TEST(packed.exchange.body().value() == "unpacked x");
}

BOOST_AUTO_TEST_CASE(cookies_are_found_by_their_whole_name) {
    ExchangeFixture f("GET /", "Cookie: ab=1; b=2=3;c=\r\n");
    BOOST_TEST(f.exchange.cookie("b") == "2=3");
    BOOST_TEST(f.exchange.cookie("c") == "");
    BOOST_TEST(f.exchange.cookie("a") == "");
}

BOOST_AUTO_TEST_CASE(forwarded_addresses_count_as_far_as_trusted_proxies_wrote_them) {
    const std::vector trusted{*parse_network("10.0.0.0/8"), *parse_network("::1")};
    const auto client = [&](const char* peer, const char* forwarded) {
        return client_address(*parse_ip_address(peer), forwarded, trusted).text();
    };
    BOOST_TEST(client("192.0.2.9", "6.6.6.6") == "192.0.2.9");
    BOOST_TEST(client("10.0.0.1", "") == "10.0.0.1");
    BOOST_TEST(client("10.0.0.1", "192.0.2.1") == "192.0.2.1");
    BOOST_TEST(client("::1", "6.6.6.6, 192.0.2.1,10.0.0.2") == "192.0.2.1");
    BOOST_TEST(client("10.0.0.1", "6.6.6.6, unknown, 10.0.0.2") == "10.0.0.2");
    BOOST_TEST(client("10.0.0.1", "192.0.2.1:4711") == "192.0.2.1");
    BOOST_TEST(client("10.0.0.1", "[2001:db8::1]:4711") == "2001:db8::1");
    BOOST_TEST(client("10.0.0.1", ",") == "10.0.0.1");
    std::string long_chain;
    for (int i = 0; i < 100; ++i) long_chain += "10.0.0.2,";
    BOOST_TEST(client("10.0.0.1", (long_chain + "10.0.0.3").c_str()).starts_with("10."));
}

BOOST_AUTO_TEST_CASE(a_household_counts_as_one) {
    const auto key = [](const char* text) { return limit_key(*parse_ip_address(text)); };
    BOOST_TEST(key("2001:db8::1") == key("2001:db8::ffff"));
    BOOST_TEST(key("2001:db8::1") != key("2001:db8:0:1::1"));
    BOOST_TEST(key("192.0.2.1") != key("192.0.2.2"));
    BOOST_TEST(key("192.0.2.1") == key("::ffff:192.0.2.1"));
}

BOOST_AUTO_TEST_CASE(an_error_tells_its_safe_text_only) {
    ExchangeFixture f("GET /");
    answer_error(f.exchange, kith::Error(Code::rate_limited, "Too many \"requests\"", "secret"));
    BOOST_TEST(f.exchange.response().status == 429);
    BOOST_TEST(f.exchange.response().body == R"({"error":"Too many \"requests\""})");
    BOOST_TEST(f.exchange.response().content_type == json_type);
    BOOST_TEST(!f.exchange.response().header("retry-after").empty());
}

BOOST_AUTO_TEST_CASE(what_the_client_has_is_not_sent_again) {
    const auto tag = entity_tag("text");
    BOOST_TEST(tag != entity_tag("other"));
    const auto status = [&](const std::string& field) {
        ExchangeFixture f("GET /", field);
        return answered_not_modified(f.exchange, tag) ? f.exchange.response().status : 200;
    };
    BOOST_TEST(status("If-None-Match: " + tag + "\r\n") == 304);
    BOOST_TEST(status("If-None-Match: \"x\", W/" + tag + "\r\n") == 304);
    BOOST_TEST(status("If-None-Match: *\r\n") == 304);
    BOOST_TEST(status("If-None-Match: \"x\"\r\n") == 200);
    BOOST_TEST(status("") == 200);
}

BOOST_AUTO_TEST_CASE(every_answer_has_an_id_of_its_own) {
    kith::SeededRandom random(1);
    const auto filter = request_ids(random);
    ExchangeFixture a("GET /"), b("GET /");
    BOOST_TEST((filter(a.exchange) && filter(b.exchange)));
    BOOST_TEST(!a.exchange.response().header("x-request-id").empty());
    BOOST_TEST(a.exchange.response().header("x-request-id") !=
               b.exchange.response().header("x-request-id"));
}

BOOST_AUTO_TEST_SUITE_END()
