#include "federation/client/activity_json.hpp"

#include "fixture.hpp"

using namespace kith;
using namespace kith::client;
using namespace kith::client::test;

namespace {

// A transport in memory that answers everything the same way.
class CannedTransport final : public Transport {
public:
    explicit CannedTransport(Outcome outcome) : outcome_(std::move(outcome)) {}
    void send(Request request, Done done) override {
        last = std::move(request);
        done(outcome_);
    }
    Request last;

private:
    Outcome outcome_;
};

Response answer(int status, const char* content_type) {
    Response response;
    response.status = status;
    if (content_type) response.headers.add("Content-Type", content_type);
    response.body = "{}";
    return response;
}

Code code_of(Outcome outcome) {
    CannedTransport transport(std::move(outcome));
    const auto result = get_activity_json(transport, url("https://peer.example/u/a"));
    BOOST_REQUIRE(!result);
    return result.error().code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(activity_json)

BOOST_AUTO_TEST_CASE(activitystreams_types_are_accepted_in_every_spelling) {
    for (const auto* type : {
             "application/activity+json",
             "Application/Activity+JSON",
             "application/activity+json; charset=utf-8",
             "application/activity+json;charset=\"utf-8\";",
             "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
             "application/ld+json;profile=https://www.w3.org/ns/activitystreams",
             "application/ld+json ; charset=utf-8 ; "
             "PROFILE=\"https://www.w3.org/ns/activitystreams\"",
             "application/ld+json; profile=\"https://w3id.org/security/v1 "
             "https://www.w3.org/ns/activitystreams\"",
             "application/ld+json; profile=\"https://www.w3.org/ns\\/activitystreams\"",
         }) {
        BOOST_TEST(is_activity_content_type(type), type);
    }
}

BOOST_AUTO_TEST_CASE(every_other_type_is_refused) {
    for (const auto* type : {
             "",
             "text/html",
             "application/json",
             "application/octet-stream",
             "image/png",
             "application/ld+json",
             "application/ld+json; charset=utf-8",
             "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams",
             "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams#x\"",
             "application/ld+json; x=\"profile=https://www.w3.org/ns/activitystreams\"",
             "application/activity+jsonx",
             "xapplication/activity+json",
             "text/html; application/activity+json",
             "application/activity+json, text/html",
             "application/activity+json text/html",
             "application/activity+json; charset",
             "application /activity+json",
             "text/plain; profile=\"https://www.w3.org/ns/activitystreams\"",
         }) {
        BOOST_TEST(!is_activity_content_type(type), type);
    }
}

BOOST_AUTO_TEST_CASE(a_missing_or_doubled_content_type_is_refused) {
    BOOST_TEST(require_activity_json(answer(200, "application/activity+json")).has_value());
    BOOST_TEST(!require_activity_json(answer(200, nullptr)).has_value());
    Response doubled = answer(200, "application/activity+json");
    doubled.headers.add("content-type", "text/html");
    BOOST_TEST(!require_activity_json(doubled).has_value());
}

BOOST_AUTO_TEST_CASE(a_fetch_asks_for_both_types_as_the_instance_actor) {
    CannedTransport transport(answer(200, "application/activity+json"));
    const auto result = get_activity_json(transport, url("https://peer.example/u/a"));
    BOOST_REQUIRE(result);
    BOOST_TEST(result->body == "{}");
    BOOST_TEST(transport.last.accept ==
               "application/activity+json, application/ld+json; "
               "profile=\"https://www.w3.org/ns/activitystreams\"");
    BOOST_REQUIRE(transport.last.identity);
    BOOST_TEST(transport.last.identity->actor_id == 0);
}

BOOST_AUTO_TEST_CASE(statuses_and_faults_become_errors) {
    const auto* type = "application/activity+json";
    BOOST_CHECK(code_of(answer(404, type)) == Code::not_found);
    BOOST_CHECK(code_of(answer(410, type)) == Code::gone);
    BOOST_CHECK(code_of(answer(401, type)) == Code::forbidden);
    BOOST_CHECK(code_of(answer(403, type)) == Code::forbidden);
    BOOST_CHECK(code_of(answer(429, type)) == Code::rate_limited);
    BOOST_CHECK(code_of(answer(503, type)) == Code::unavailable);
    BOOST_CHECK(code_of(answer(204, type)) == Code::upstream);
    BOOST_CHECK(code_of(answer(200, "text/html")) == Code::upstream);
    BOOST_CHECK(code_of(fault(TransportFault::timeout, "")) == Code::timeout);
}

BOOST_AUTO_TEST_SUITE_END()
