// Subscriptions to relays (FEP-ae0c).
#include "storage/repo/relays.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::Relay;
using model::RelayState;

namespace {

Relay relay(Id id, std::string host) {
    Relay r;
    r.id = id;
    r.inbox = "https://" + host + "/inbox";
    r.follow_ap_id = "https://here.example/activity/" + std::to_string(id);
    r.host = std::move(host);
    r.created_at = noon;
    return r;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repo_relays)

KITH_STORAGE_TEST(a_relay_is_asked_once_and_answers) {
    World world(db);
    BOOST_TEST(put(db, repo::add_relay, relay(1, "relay.example")));
    BOOST_TEST(!put(db, repo::add_relay, relay(2, "relay.example")));
    BOOST_TEST(put(db, repo::add_relay, relay(3, "other.example")));
    const std::string actor = "https://relay.example/actor";
    BOOST_TEST(!ask(db, repo::is_relay, actor));
    put(db, repo::answer_relay, Id(1), RelayState::accepted, actor, noon + 5);
    BOOST_TEST(ask(db, repo::is_relay, actor));
    const auto found = ask(db, repo::find_relay_by_follow, "https://here.example/activity/1");
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->inbox == "https://relay.example/inbox");
    BOOST_TEST((found->state == RelayState::accepted && found->answered_at == noon + 5));
    BOOST_TEST(ask(db, repo::relays).size() == 2u);
    put(db, repo::answer_relay, Id(1), RelayState::refused, actor, noon + 6);
    BOOST_TEST(!ask(db, repo::is_relay, actor));
}

KITH_STORAGE_TEST(nobody_is_no_relay_and_one_that_was_left_is_none) {
    World world(db);
    put(db, repo::add_relay, relay(1, "relay.example"));
    BOOST_TEST(!ask(db, repo::is_relay, std::string()));
    put(db, repo::remove_relay, Id(1));
    BOOST_TEST(!ask(db, repo::find_relay, "https://relay.example/inbox").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
