#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

#include "exchange_fixture.hpp"
#include "node/http/middleware.hpp"
#include "node/http/router.hpp"

using namespace kith::http;
using kith::Code;
using kith::Result;

namespace {

// Answers with its own name and what the pattern's names matched.
Handler named(std::string name, std::vector<std::string> values = {}) {
    return [=](Exchange& x) {
        auto text = name;
        for (const auto& value : values) text += " " + std::string(x.param(value));
        return x.answer(200, text, "text/plain");
    };
}

Response ask(const Router& router, const std::string& method, const std::string& path) {
    ExchangeFixture f(method + " " + path);
    router.dispatch(f.exchange);
    return f.exchange.take_response();
}

std::string get(const Router& router, const std::string& path) {
    const auto response = ask(router, "GET", path);
    return response.status == 200 ? response.body : std::to_string(response.status);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(router)

BOOST_AUTO_TEST_CASE(the_most_literal_pattern_wins) {
    Router r;
    r.add("GET", "/accounts/:id", named("one", {"id"}));
    r.add("GET", "/accounts/search", named("search"));
    r.add("GET", "/accounts/:id/follow", named("follow", {"id"}));
    r.add("GET", "/*rest", named("any", {"rest"}));
    r.add("GET", "/@:name", named("page", {"name"}));
    r.add("GET", "/@:name/:post", named("post", {"name", "post"}));
    r.add("GET", "/:other", named("other", {"other"}));
    BOOST_TEST(get(r, "/accounts/search") == "search");
    BOOST_TEST(get(r, "/accounts/search/follow") == "follow search");
    BOOST_TEST(get(r, "/accounts/5/") == "one 5");
    BOOST_TEST(get(r, "//accounts//5") == "one 5");
    BOOST_TEST(get(r, "/@anna") == "page anna");
    BOOST_TEST(get(r, "/@anna/7") == "post anna 7");
    BOOST_TEST(get(r, "/@") == "other @");
    BOOST_TEST(get(r, "/x/y/z") == "any x/y/z");
    BOOST_TEST(get(r, "/accounts/5/unknown") == "any accounts/5/unknown");
    BOOST_TEST(get(r, "/") == "404");
}

BOOST_AUTO_TEST_CASE(path_values_are_decoded_text) {
    Router r;
    r.add("GET", "/e/:x", named("e", {"x"}));
    BOOST_TEST(get(r, "/e/a%20b%2Fc+d") == "e a b/c+d");
    BOOST_TEST(get(r, "/%65/1") == "e 1");
    for (const auto* path : {"/e/%00", "/e/%", "/e/%zz", "/e/%ff"})
        BOOST_TEST(get(r, path) == "404", path);
}

BOOST_AUTO_TEST_CASE(another_method_is_told_what_is_allowed) {
    Router r;
    r.add("GET", "/a/me", named("me"));
    r.add("DELETE", "/a/:id", named("delete", {"id"}));
    const auto response = ask(r, "POST", "/a/me");
    BOOST_TEST(response.status == 405);
    BOOST_TEST(response.header("allow") == "OPTIONS, DELETE, GET, HEAD");
    BOOST_TEST(ask(r, "OPTIONS", "/a/me").status == 204);
    BOOST_TEST(ask(r, "HEAD", "/a/me").body == "me");
    BOOST_TEST(ask(r, "DELETE", "/a/me").body == "delete me");
}

BOOST_AUTO_TEST_CASE(errors_become_answers_at_one_place) {
    Router r;
    r.add("GET", "/api/gone", [](Exchange&) -> Result<> {
        return kith::fail(Code::gone, "Gone", "why is secret");
    });
    r.add("GET", "/api/throws", [](Exchange&) -> Result<> { throw std::runtime_error("secret"); });
    r.add("GET", "/api/odd", [](Exchange&) -> Result<> { throw 1; });
    r.errors("/", [](Exchange& x, const kith::Error& e) { (void)x.html(status_of(e.code), "page"); });
    r.errors("/api", answer_error);
    r.errors("/broken", [](Exchange&, const kith::Error&) { throw std::runtime_error("twice"); });
    const auto gone = ask(r, "GET", "/api/gone");
    BOOST_TEST(gone.status == 410);
    BOOST_TEST(gone.body == R"({"error":"Gone"})");
    BOOST_TEST(ask(r, "GET", "/api/throws").body == R"({"error":"Internal error"})");
    BOOST_TEST(ask(r, "GET", "/api/odd").status == 500);
    BOOST_TEST(ask(r, "GET", "/api/nope").body == R"({"error":"Record not found"})");
    BOOST_TEST(ask(r, "GET", "/apinope").body == "page");
    BOOST_TEST(ask(r, "GET", "/broken/x").status == 404);
}

BOOST_AUTO_TEST_CASE(filters_see_every_request_below_their_prefix) {
    Router r;
    r.before("/api", allow_cross_origin);
    r.add("GET", "/api/x", named("x"));
    const auto origin = [&](const char* method, const char* path) {
        return std::string(ask(r, method, path).header("access-control-allow-origin"));
    };
    BOOST_TEST(origin("GET", "/api/x") == "*");
    BOOST_TEST(origin("GET", "/%61pi/x") == "*");
    BOOST_TEST(origin("POST", "/api/x") == "*");
    BOOST_TEST(origin("GET", "/api/none") == "*");
    BOOST_TEST(origin("GET", "/apix") == "");
    BOOST_TEST(ask(r, "OPTIONS", "/api/none").status == 204);
}

BOOST_AUTO_TEST_CASE(routes_are_listed) {
    Router r;
    r.add("POST", "/b/:id/*rest", named("b"));
    r.add("GET", "/a", named("a"));
    const auto routes = r.routes();
    BOOST_REQUIRE_EQUAL(routes.size(), 2u);
    BOOST_TEST(routes[0].second == "/a");
    BOOST_TEST(routes[1].first == "POST");
    BOOST_TEST(routes[1].second == "/b/:id/*rest");
}

BOOST_AUTO_TEST_SUITE_END()
