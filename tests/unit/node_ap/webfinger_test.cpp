#include "node/ap/webfinger.hpp"

#include <boost/test/unit_test.hpp>

#include "base/json/view.hpp"
#include "federation/discovery/webfinger.hpp"
#include "node/ap/nodeinfo.hpp"

using namespace kith;
using namespace kith::ap;

namespace {

const Urls urls{"https://social.a.example", "social.a.example"};

Config split_domain() {
    Config config;
    config.server.host = "social.a.example";
    config.server.account_domain = "a.example";
    return config;
}

std::string name_in(const std::string& resource) {
    const auto found = read_resource(resource, urls, split_domain());
    return !found ? "nobody" : found->instance ? "the instance" : found->name;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ap_webfinger)

BOOST_AUTO_TEST_CASE(accounts_are_found_at_both_hosts) {
    for (const auto* resource : {"acct:alice@a.example", "acct:alice@social.a.example", "acct:@alice@A.Example.", "ACCT:alice@a.example",
                                 "alice@a.example", "https://social.a.example/u/alice", "https://social.a.example/c/alice",
                                 "https://social.a.example/@alice"})
        BOOST_TEST(name_in(resource) == "alice", resource);
}

BOOST_AUTO_TEST_CASE(the_instance_actor_has_names_too) {
    for (const auto* resource : {"acct:a.example@a.example", "acct:social.a.example@social.a.example", "https://social.a.example",
                                 "https://social.a.example/", "https://social.a.example/actor"})
        BOOST_TEST(name_in(resource) == "the instance", resource);
}

BOOST_AUTO_TEST_CASE(what_is_not_of_this_node_is_nobody) {
    for (const auto* resource : {"acct:alice@b.example", "acct:alice", "acct:@a.example", "alice", "", "https://b.example/u/alice",
                                 "https://social.a.example/u/", "https://social.a.example/u/alice/outbox",
                                 "https://social.a.example/post/7", "https://social.a.example.evil.example/u/alice",
                                 "mailto:alice@b.example", "acct:alice@a.example/../b"})
        BOOST_TEST(name_in(resource) == "nobody", resource);
}

BOOST_AUTO_TEST_CASE(our_own_client_believes_our_descriptor) {
    model::Actor alice;
    alice.username = "alice";
    alice.ap_id = "https://social.a.example/u/alice";
    alice.url = "https://social.a.example/@alice";
    const auto read = discovery::read_descriptor("application/jrd+json; charset=utf-8", descriptor_of(alice, split_domain()));
    BOOST_REQUIRE(read);
    BOOST_TEST(read->subject.text() == "alice@a.example");
    BOOST_REQUIRE(read->actor_ids.size() == 1u);
    BOOST_TEST(read->actor_ids.front() == alice.ap_id);
}

BOOST_AUTO_TEST_CASE(host_meta_names_the_template) {
    const auto text = host_meta_document("https://social.a.example");
    BOOST_TEST(text.find("template=\"https://social.a.example/.well-known/webfinger?resource={uri}\"") != text.npos);
}

BOOST_AUTO_TEST_CASE(nodeinfo_says_what_was_counted) {
    auto config = split_domain();
    config.registration.mode = RegistrationMode::open;
    const auto document = json::Document::parse(nodeinfo_document(NodeInfoVersion::v2_1, "1.2.3", config, {4, 3, 3, 9}));
    BOOST_REQUIRE(document);
    BOOST_TEST((*document)["version"].string_or({}) == "2.1");
    BOOST_TEST((*document)["software"]["name"].string_or({}) == "kith");
    BOOST_TEST((*document)["software"]["version"].string_or({}) == "1.2.3");
    BOOST_TEST((*document)["usage"]["users"]["total"].maybe_integer().value_or(-1) == 4);
    BOOST_TEST((*document)["usage"]["users"]["activeMonth"].maybe_integer().value_or(-1) == 3);
    BOOST_TEST((*document)["usage"]["localPosts"].maybe_integer().value_or(-1) == 9);
    BOOST_TEST((*document)["openRegistrations"].maybe_boolean().value_or(false));
    BOOST_TEST((*document)["metadata"].is_object());
}

BOOST_AUTO_TEST_CASE(nodeinfo_says_another_name_where_the_operator_wants_it) {
    auto config = split_domain();
    config.nodeinfo.present_as = "lemmy 0.19.9";
    const auto document = json::Document::parse(nodeinfo_document(NodeInfoVersion::v2_0, "1.2.3", config, {}));
    BOOST_REQUIRE(document);
    BOOST_TEST((*document)["software"]["name"].string_or({}) == "lemmy");
    BOOST_TEST((*document)["software"]["version"].string_or({}) == "0.19.9");
}

BOOST_AUTO_TEST_CASE(nodeinfo_is_found_in_both_versions_with_the_instance_actor) {
    const auto document = json::Document::parse(nodeinfo_index("https://a.example", "https://a.example/actor"));
    BOOST_REQUIRE(document);
    BOOST_REQUIRE((*document)["links"].size() == 3u);
    BOOST_TEST((*document)["links"].at(0)["href"].string_or({}) == "https://a.example/nodeinfo/2.0");
    BOOST_TEST((*document)["links"].at(2)["rel"].string_or({}) == "https://www.w3.org/ns/activitystreams#Application");
    BOOST_TEST((*document)["links"].at(2)["href"].string_or({}) == "https://a.example/actor");
}

BOOST_AUTO_TEST_SUITE_END()
