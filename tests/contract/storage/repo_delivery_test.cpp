// The outbox and its peers.
#include "storage/repo/delivery.hpp"
#include "storage/repo/peers.hpp"
#include "storage/repo/reach.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <optional>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::DeliveryOutcome;
using model::PeerState;
using model::ReachState;

BOOST_AUTO_TEST_SUITE(repo_delivery)

namespace {

constexpr TimeMs later = noon + 60'000;

model::Activity activity(Id id, Id actor) {
    return {.id = id,
            .actor_id = actor,
            .ap_id = "https://here.example/activity/" + std::to_string(id),
            .type = "Create",
            .body = "{}",
            .audience = "{}",
            .created_at = noon + id};
}

model::Delivery row(Id id, Id activity, const std::string& host) {
    return {.id = id,
            .host = host,
            .activity_id = activity,
            .inbox = "https://" + host + "/inbox",
            .ordering = "post:1"};
}

std::size_t claimed(sql::Db& db, const char* hosts, TimeMs now, const char* owner) {
    return put(db, repo::claim_peers, hosts, now, now + 100, owner).size();
}

// One activity for two hosts that are peers.
struct Outbox {
    explicit Outbox(sql::Db& db)
        : world(db), author(world.person("ann")), post(world.post(author)) {
        put(db, repo::insert_activity, activity(50, author));
        for (const char* host : {"a.example", "b.example"}) put(db, repo::admit_peer, host, noon);
        put(db, repo::queue_delivery, row(60, 50, "a.example"));
        put(db, repo::queue_delivery, row(61, 50, "b.example"));
    }
    World world;
    Id author, post;
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(an_activity_keeps_its_first_bytes, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    auto other = activity(51, o.author);
    other.ap_id = activity(50, o.author).ap_id;
    BOOST_TEST(!put(f.db(), repo::insert_activity, other));
    BOOST_TEST(ask(f.db(), repo::find_activity_by_ap_id, other.ap_id)->id == 50);
    BOOST_TEST(ask(f.db(), repo::activities_by_ids, Ids{50, 51}).size() == 1);
    BOOST_TEST(ask(f.db(), repo::activities_after, 49, 10).size() == 1);
    BOOST_TEST(ask(f.db(), repo::activities_after, 50, 10).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_row_leaves_a_result_and_is_not_queued_again, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    const repo::InboxRow to{"a.example", "https://a.example/inbox"};
    put(f.db(), repo::queue_reach, o.post, to, noon);
    BOOST_TEST(!put(f.db(), repo::queue_delivery, row(70, 50, "a.example")));
    const auto waiting = ask(f.db(), repo::waiting_deliveries, "a.example", 0, 10);
    BOOST_REQUIRE(waiting.size() == 1);
    BOOST_TEST(waiting[0].actor_id == o.author);
    auto again = waiting[0].delivery;
    again.attempts = 2;
    again.last_error = "HTTP 503";
    put(f.db(), repo::postpone_delivery, again);
    BOOST_TEST(ask(f.db(), repo::waiting_deliveries, "a.example", 0, 10)[0].delivery.attempts == 2);
    const repo::FinishedDelivery done{
        .id = 60, .activity_id = 50, .host = to.host, .inbox = to.inbox, .post_id = o.post};
    put(f.db(), repo::finish_delivery, done, later);
    BOOST_TEST(ask(f.db(), repo::waiting_deliveries, "a.example", 0, 10).empty());
    BOOST_TEST(!put(f.db(), repo::queue_delivery, row(71, 50, "a.example")));
    BOOST_TEST((ask(f.db(), repo::reach_of, o.post)[0].state == ReachState::delivered));
    put(f.db(), repo::queue_reach, o.post, to, later);
    BOOST_TEST((ask(f.db(), repo::reach_of, o.post)[0].state == ReachState::delivered));
    BOOST_TEST(ask(f.db(), repo::delivery_results, 50).size() == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(giving_up_a_host_fails_what_was_queued_for_it, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    put(f.db(), repo::queue_reach, o.post, repo::InboxRow{"b.example", "https://b.example/inbox"},
        noon);
    BOOST_TEST(put(f.db(), repo::give_up_deliveries, "b.example", "https://b.example/other", "gone",
                   later, 10) == 0);
    BOOST_TEST(put(f.db(), repo::give_up_deliveries, "b.example", "", "gone", later, 10) == 1);
    BOOST_TEST((ask(f.db(), repo::reach_of, o.post)[0].state == ReachState::failed));
    const auto results = ask(f.db(), repo::delivery_results, 50);
    BOOST_REQUIRE(results.size() == 1);
    BOOST_TEST((results[0].outcome == DeliveryOutcome::given_up));
    BOOST_TEST(results[0].error == "gone");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_row_moves_to_a_new_inbox_unless_it_is_there_already, Engine,
                              AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    put(f.db(), repo::readdress_delivery, 60, "https://a.example/new");
    BOOST_TEST(ask(f.db(), repo::waiting_deliveries, "a.example", 0, 10)[0].delivery.inbox ==
               "https://a.example/new");
    put(f.db(), repo::queue_delivery, row(62, 50, "a.example"));
    put(f.db(), repo::readdress_delivery, 62, "https://a.example/new");
    BOOST_TEST(ask(f.db(), repo::waiting_deliveries, "a.example", 0, 10).size() == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_peer_is_leased_by_one_and_due_again_when_it_is_released, Engine,
                              AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    const char* both = R"(["a.example","b.example"])";
    BOOST_TEST(ask(f.db(), repo::due_peers, noon, 10).size() == 2);
    BOOST_TEST(claimed(f.db(), both, noon, "one") == 2);
    BOOST_TEST(claimed(f.db(), both, noon, "two") == 0);
    BOOST_TEST(ask(f.db(), repo::due_peers, noon, 10).empty());
    put(f.db(), repo::renew_peer_leases, "one", later);
    BOOST_TEST(claimed(f.db(), both, noon + 200, "two") == 0);
    put(f.db(), repo::save_peer,
        model::Peer{.host = "a.example", .next_at = later, .lease_owner = "one"});
    put(f.db(), repo::release_peer, "a.example", "one", 60);
    BOOST_TEST(ask(f.db(), repo::due_peers, noon, 10).empty());
    put(f.db(), repo::release_peers);
    BOOST_TEST(ask(f.db(), repo::due_peers, noon, 10) == std::vector<std::string>{"b.example"},
               per_element());
    // New rows make a healthy peer due, whatever its parked ones wait for.
    put(f.db(), repo::admit_peer, "a.example", noon);
    BOOST_TEST(claimed(f.db(), both, noon, "two") == 2);
    put(f.db(), repo::save_peer,
        model::Peer{.host = "a.example", .next_at = later, .lease_owner = "two"});
    put(f.db(), repo::release_peer, "a.example", "two", 59);  // a row that it has not seen
    BOOST_TEST(claimed(f.db(), both, noon, "three") == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_open_peer_that_speaks_is_half_open_and_due, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    BOOST_TEST(!put(f.db(), repo::revive_peer, "a.example", noon));
    claimed(f.db(), R"(["a.example"])", noon, "one");
    put(f.db(), repo::save_peer,
        model::Peer{.host = "a.example",
                    .state = PeerState::open,
                    .next_at = later,
                    .lease_owner = "one",
                    .fail_count = 5,
                    .first_fail_at = noon,
                    .last_error = "timeout"});
    put(f.db(), repo::release_peer, "a.example", "one", 0);
    put(f.db(), repo::set_resume_after, "a.example", std::optional<Id>(50));
    BOOST_TEST(ask(f.db(), repo::troubled_peers).size() == 1);
    const auto admitted = put(f.db(), repo::admit_peer, "a.example", noon);
    BOOST_TEST((admitted.state == PeerState::open));
    BOOST_TEST(admitted.next_at == later);
    BOOST_TEST(*admitted.resume_after == 50);
    BOOST_TEST(put(f.db(), repo::revive_peer, "a.example", noon + 1));
    const auto peer = *put(f.db(), repo::lock_peer, "a.example");
    BOOST_TEST((peer.state == PeerState::half_open));
    BOOST_TEST(peer.next_at == noon + 1);
    const auto overview = ask(f.db(), repo::peers_overview);
    BOOST_REQUIRE(overview.size() == 2);
    BOOST_TEST(overview[0].waiting_rows == 1);
    BOOST_TEST(*overview[0].oldest_at == noon + 50);
    BOOST_TEST(ask(f.db(), repo::peer_overview, "a.example")->peer.last_error == "timeout");
    BOOST_TEST(!ask(f.db(), repo::peer_overview, "c.example"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(inboxes_are_found_by_host_and_by_address, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    const auto bob = o.world.stranger("bob", "a.example");
    o.world.follow(bob, o.author);
    o.world.follow(o.world.stranger("cy", "c.example"), o.author);
    const auto inbox = o.world.actor(bob).delivery_inbox();
    const auto at_a = ask(f.db(), repo::follower_inboxes_at, o.author, "a.example");
    BOOST_REQUIRE(at_a.size() == 1);
    BOOST_TEST(at_a[0].inbox == inbox);
    BOOST_TEST(ask(f.db(), repo::peer_inboxes, "").size() == 1);
    BOOST_TEST(ask(f.db(), repo::actor_of_inbox, "a.example", inbox)->id == bob);
    put(f.db(), repo::forget_inbox, bob);
    BOOST_TEST(o.world.actor(bob).inbox.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_waits_for_nobody_is_trimmed, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    put(f.db(), repo::insert_activity, activity(40, o.author));
    BOOST_TEST(put(f.db(), repo::trim_activities, later, 10) == 1);
    put(f.db(), repo::give_up_deliveries, "a.example", "", "gone", noon, 10);
    BOOST_TEST(put(f.db(), repo::trim_delivery_results, noon, 10) == 0);
    BOOST_TEST(put(f.db(), repo::trim_delivery_results, later, 10) == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_post_shows_which_hosts_have_it_and_why_others_wait, Engine,
                              AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    const auto post = [&](const std::string& host, Id id) {
        const repo::InboxRow to{host, "https://" + host + "/inbox"};
        put(f.db(), repo::queue_reach, o.post, to, noon);
        if (id == 0) return;
        auto delivery = row(id, 50, host);
        delivery.ordering = repo::post_ordering(o.post);
        delivery.inbox += std::to_string(id);
        put(f.db(), repo::queue_delivery, delivery);
        delivery.attempts = 3;
        delivery.not_before = later;
        delivery.last_error = "HTTP 503";
        put(f.db(), repo::postpone_delivery, delivery);
    };
    post("a.example", 70);
    post("b.example", 0);
    put(f.db(), repo::note_reach, o.post, "c.example", "", ReachState::known, noon);
    put(f.db(), repo::finish_delivery,
        repo::FinishedDelivery{.id = 61,
                               .activity_id = 50,
                               .host = "b.example",
                               .inbox = "https://b.example/inbox",
                               .outcome = DeliveryOutcome::given_up,
                               .error = "HTTP 410",
                               .post_id = o.post},
        later);
    const auto details = ask(f.db(), repo::reach_details, o.post);
    BOOST_REQUIRE(details.size() == 2);  // c.example merely showed that it has the post
    BOOST_TEST(details[0].host == "a.example");
    BOOST_TEST((details[0].state == ReachState::queued));
    BOOST_TEST(details[0].attempts == 3);
    BOOST_TEST(*details[0].next_at == later);
    BOOST_TEST(details[0].waits_for == "HTTP 503");
    BOOST_TEST((details[1].state == ReachState::failed));
    BOOST_TEST(details[1].error == "HTTP 410");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(peers_are_asked_for_their_software_in_turn, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    BOOST_TEST(ask(f.db(), repo::peers_to_ask, noon, 10).size() == 2);
    put(f.db(), repo::put_peer_software, "a.example", "kith 0.1", noon);
    put(f.db(), repo::put_peer_software, "b.example", "", noon - 1);
    BOOST_TEST(ask(f.db(), repo::peers_to_ask, noon, 10) == std::vector<std::string>{"b.example"},
               per_element());
    put(f.db(), repo::put_peer_software, "a.example", "", later);  // it did not say this time
    BOOST_TEST(ask(f.db(), repo::peer_overview, "a.example")->software == "kith 0.1");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(backlogs_are_counted_by_host_the_oldest_first, Engine, AllEngines) {
    EngineFixture f(Engine::kind);
    Outbox o(f.db());
    put(f.db(), repo::insert_activity, activity(40, o.author));
    put(f.db(), repo::queue_delivery, row(62, 40, "b.example"));
    const auto backlogs = ask(f.db(), repo::peer_backlogs, 10);
    BOOST_REQUIRE(backlogs.size() == 2);
    BOOST_TEST(backlogs[0].host == "b.example");
    BOOST_TEST(backlogs[0].rows == 2);
    BOOST_TEST(backlogs[0].oldest_at == noon + 40);
    BOOST_TEST(ask(f.db(), repo::peer_backlogs, 1).size() == 1);
    BOOST_TEST(ask(f.db(), repo::peers_by_state) == (std::vector<std::int64_t>{2, 0, 0, 0, 0}),
               per_element());
}

BOOST_AUTO_TEST_SUITE_END()
