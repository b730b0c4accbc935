#include "federation/discovery/webfinger.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_web.hpp"

using namespace kith;
using discovery::Handle;
using discovery::WebFinger;

namespace {

struct Fixture {
    FakeWeb web;
    Config config;
    WebFinger webfinger{web, config};

    Code refusal(std::string_view handle) {
        const auto found = webfinger.resolve_handle(handle);
        BOOST_REQUIRE_MESSAGE(!found, "resolved to " << *found);
        return found.error().code;
    }
    std::string resolved(std::string_view handle) {
        const auto found = webfinger.resolve_handle(handle);
        BOOST_REQUIRE_MESSAGE(found, found.error().safe_text << ": " << found.error().detail);
        return *found;
    }
};

const std::string alice = "https://a.example/u/alice";

}  // namespace

BOOST_AUTO_TEST_SUITE(discovery_webfinger)

BOOST_AUTO_TEST_CASE(handles_are_read_in_all_their_spellings) {
    for (const auto* text : {"alice@a.example", "@alice@a.example", "acct:alice@A.example.", " ACCT:@alice@a.example "}) {
        const auto handle = discovery::parse_handle(text);
        BOOST_REQUIRE_MESSAGE(handle, text);
        BOOST_TEST(handle->text() == "alice@a.example");
    }
    BOOST_TEST(discovery::parse_handle("bob@b.example:8443")->host == "b.example:8443");
}

BOOST_AUTO_TEST_CASE(what_is_no_handle_is_refused) {
    for (const auto* text : {"", "alice", "@alice", "@", "@@a.example", "alice@", "al ice@a.example", "a/b@a.example",
                             "alice@a.example/path", "alice@victim.example@evil.example", "alice@a.exa\nmple"})
        BOOST_TEST(!discovery::parse_handle(text), text);
}

BOOST_FIXTURE_TEST_CASE(a_handle_leads_to_its_actor, Fixture) {
    web.answer("a.example", "alice@a.example", "alice@a.example", {alice});
    BOOST_TEST(resolved("@alice@a.example") == alice);
    BOOST_TEST(web.asked.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(names_and_hosts_compare_without_case, Fixture) {
    web.answer("a.example", "ALICE@a.example", "alice@A.EXAMPLE", {alice});
    BOOST_TEST(resolved("ALICE@a.example") == alice);
}

BOOST_FIXTURE_TEST_CASE(another_subject_counts_only_where_its_own_host_confirms_it, Fixture) {
    web.answer("old.example", "alice@old.example", "alice@a.example", {alice});
    BOOST_TEST((refusal("alice@old.example") == Code::not_found));
    web.answer("a.example", "alice@a.example", "alice@a.example", {"https://a.example/u/somebody"});
    BOOST_TEST((refusal("alice@old.example") == Code::upstream));
    web.answer("a.example", "alice@a.example", "alice@a.example", {alice});
    BOOST_TEST(resolved("alice@old.example") == alice);
}

BOOST_FIXTURE_TEST_CASE(subjects_are_not_followed_in_circles, Fixture) {
    web.answer("a.example", "x@a.example", "x@b.example", {alice});
    web.answer("b.example", "x@b.example", "x@a.example", {alice});
    BOOST_TEST((refusal("x@a.example") == Code::upstream));
    BOOST_TEST(web.asked.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_host_cannot_claim_an_actor_of_another, Fixture) {
    web.answer("evil.example", "alice@evil.example", "alice@evil.example", {alice});
    BOOST_TEST((refusal("alice@evil.example") == Code::not_found));
    web.answer("a.example", "alice@a.example", "alice@a.example", {alice});
    BOOST_TEST((refusal("alice@evil.example") == Code::upstream));
}

BOOST_FIXTURE_TEST_CASE(a_split_domain_is_confirmed_by_both_its_hosts, Fixture) {
    const std::string id = "https://social.a.example/users/alice";
    web.answer("a.example", "alice@a.example", "alice@a.example", {id});
    web.answer("social.a.example", "alice@social.a.example", "alice@a.example", {id});
    BOOST_TEST(resolved("alice@a.example") == id);
    BOOST_TEST(resolved("alice@social.a.example") == id);
}

BOOST_FIXTURE_TEST_CASE(a_person_and_a_group_may_share_a_name, Fixture) {
    web.answer("a.example", "garden@a.example", "garden@a.example", {"https://a.example/c/garden", "https://a.example/u/garden"});
    const auto found = webfinger.resolve({"garden", "a.example"}, discovery::Deadline::in(1'000));
    BOOST_REQUIRE(found);
    BOOST_TEST(found->actor_ids.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(only_a_descriptor_is_believed, Fixture) {
    for (const auto* type : {"text/html", "text/plain", "application/octet-stream", "application/activity+json", ""}) {
        web.answer("a.example", "alice@a.example", "alice@a.example", {alice}, type);
        BOOST_TEST((refusal("alice@a.example") == Code::upstream), type);
    }
    for (const auto* type : {"application/json", "application/jrd+json; charset=utf-8"}) {
        web.answer("a.example", "alice@a.example", "alice@a.example", {alice}, type);
        BOOST_TEST(resolved("alice@a.example") == alice);
    }
}

BOOST_FIXTURE_TEST_CASE(an_answer_without_subject_or_actor_is_none, Fixture) {
    const auto url = FakeWeb::url_of("a.example", "alice@a.example");
    for (const auto* body :
         {R"({})", R"([])", R"({"subject":1,"links":[]})", R"({"subject":"acct:alice@a.example"})",
          R"({"subject":"https://a.example/u/alice","links":[{"rel":"self","type":"application/activity+json","href":"https://a.example/u/alice"}]})",
          R"({"subject":"acct:alice@a.example","links":[{"rel":"self","type":"text/html","href":"https://a.example/u/alice"}]})",
          R"({"subject":"acct:alice@a.example","links":[{"rel":"self","type":"application/activity+json","href":"javascript:1"}]})"}) {
        web.serve(url, body, "application/jrd+json");
        BOOST_TEST((refusal("alice@a.example") == Code::upstream), body);
    }
    web.serve(url, "not JSON", "application/jrd+json");
    BOOST_TEST(!webfinger.resolve_handle("alice@a.example"));
}

BOOST_FIXTURE_TEST_CASE(absent_and_silent_are_told_apart, Fixture) {
    const auto url = FakeWeb::url_of("a.example", "alice@a.example");
    BOOST_TEST((refusal("alice@a.example") == Code::not_found));
    web.serve(url, "", "", 410);
    BOOST_TEST((refusal("alice@a.example") == Code::not_found));
    web.serve(url, "", "", 503);
    BOOST_TEST((refusal("alice@a.example") == Code::unavailable));
}

BOOST_FIXTURE_TEST_CASE(nobody_waits_beyond_the_deadline, Fixture) {
    web.answer("a.example", "alice@a.example", "alice@a.example", {alice});
    const auto found = webfinger.resolve({"alice", "a.example"}, discovery::Deadline::in(-1));
    BOOST_REQUIRE(!found);
    BOOST_TEST((found.error().code == Code::timeout));
    BOOST_TEST(web.asked.empty());
}

BOOST_AUTO_TEST_SUITE_END()
