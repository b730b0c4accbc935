// How rows go out, peer by peer.
#include "config/limits/delivery.hpp"
#include "fixture.hpp"

using namespace kith;
using namespace kith::delivery::test;
using client::Outcome;
using client::TransportFault;
using model::EventKind;
using model::PeerState;

namespace {

// A member with one follower's host.
struct Pair : Node {
    model::Actor alice = local("alice");
    model::Actor bob = remote("bob", "b.example");
    model::Follow bobs = follow(bob, alice);

    bool up = true;
    Pair() {
        transport.answer = [this](const Sent&) -> std::optional<Outcome> {
            if (!up) return Outcome(client::fault(TransportFault::connect, "refused"));
            return Outcome(status(202));
        };
    }
    std::size_t tries() const { return transport.sent.size(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(delivery_lanes)

BOOST_AUTO_TEST_CASE(rows_of_a_host_go_out_in_the_order_they_were_queued) {
    Pair p;
    std::vector<std::string> expected;
    for (int i = 0; i < 200; ++i) expected.push_back(p.post(p.alice).ap_id);
    p.work();
    std::vector<std::string> seen;
    for (const auto& s : p.transport.sent)
        seen.push_back(std::string(s.document()["object"]["id"].string_or("")));
    BOOST_TEST(seen == expected);
}

BOOST_AUTO_TEST_CASE(a_new_peer_gets_two_at_a_time_and_one_that_answers_eight) {
    Pair p;
    for (int i = 0; i < 130; ++i) p.post(p.alice);
    p.transport.answer = [](const Sent&) { return std::optional<Outcome>(); };
    p.work();
    BOOST_TEST(p.transport.held.size() == 2);
    for (int i = 0; i < limits::delivery_answered_streak / 2; ++i) {
        BOOST_TEST(p.transport.held.size() == 2);
        p.transport.release(202);
        p.deliver();
    }
    BOOST_TEST(p.transport.held.size() == 8);
    p.transport.release(202);
}

BOOST_AUTO_TEST_CASE(never_two_of_one_object_are_under_way) {
    Pair p;
    const auto post = p.post(p.alice);
    p.publish();
    p.edit(post, "<p>1</p>");
    p.publish();
    const auto other = p.post(p.alice);
    p.publish();
    p.transport.answer = [](const Sent&) { return std::optional<Outcome>(); };
    p.deliver();
    BOOST_REQUIRE(p.tries() == 2);
    BOOST_TEST(p.transport.sent[0].type == "Create");
    BOOST_TEST(p.transport.sent[1].document()["object"]["id"].string_or("") == other.ap_id);
    p.transport.release(202);
    p.deliver();
    BOOST_REQUIRE(p.tries() == 3);
    BOOST_TEST(p.transport.sent[2].type == "Update");
    p.transport.release(202);
}

BOOST_AUTO_TEST_CASE(a_boost_waits_for_its_post) {
    Pair p;
    const auto post = p.post(p.alice);
    p.publish();
    const model::Boost boost{p.ids.next(), p.alice.id, post.id, p.urls.activity(5), model::Visibility::public_, start_ms};
    p.write([&](sql::Tx& tx) { return repo::add_boost(tx, boost); });
    p.emit({.kind = EventKind::boost_added, .actor_id = p.alice.id, .post_id = post.id, .object_ap_id = boost.ap_id});
    p.publish();
    p.post(p.alice);
    p.publish();
    p.transport.answer = [](const Sent&) { return std::optional<Outcome>(); };
    p.deliver();
    BOOST_REQUIRE(p.tries() == 2);
    BOOST_TEST(p.transport.sent[0].type == "Create");
    BOOST_TEST(p.transport.sent[1].type == "Create");
    p.transport.release(202);
    p.deliver();
    BOOST_REQUIRE(p.tries() == 3);
    BOOST_TEST(p.transport.sent[2].type == "Announce");
    p.transport.release(202);
}

BOOST_AUTO_TEST_CASE(an_actors_update_waits_for_that_actors_rows_before_it) {
    Pair p;
    p.post(p.alice);
    p.emit({.kind = EventKind::actor_updated, .actor_id = p.alice.id});
    p.publish();
    p.transport.answer = [](const Sent&) { return std::optional<Outcome>(); };
    p.deliver();
    BOOST_TEST(joined(p.transport.types_at("b.example")) == "Create");
    p.transport.release(202);
    p.deliver();
    BOOST_TEST(joined(p.transport.types_at("b.example")) == "Create Update");
    p.transport.release(202);
}

BOOST_AUTO_TEST_CASE(a_failing_host_backs_off_opens_and_is_probed_with_its_oldest_row) {
    Pair p;
    p.up = false;
    p.post(p.alice);
    p.work();
    // The second try follows at once, then the host waits.
    BOOST_TEST(p.tries() == 2);
    BOOST_TEST((p.peer("b.example").peer.state == PeerState::failing));
    const auto first = p.transport.sent[0].id;
    p.post(p.alice);
    p.pass(30 * second_ms);
    BOOST_TEST(p.tries() == 2);
    for (TimeMs ms : {2 * minute_ms, 7 * minute_ms, 20 * minute_ms}) p.pass(ms);
    const auto peer = p.peer("b.example");
    BOOST_TEST((peer.peer.state == PeerState::open));
    BOOST_TEST(peer.waiting_rows == 2);
    BOOST_TEST(!peer.peer.last_error.empty());
    const auto before = p.tries();
    p.pass(30 * minute_ms);
    BOOST_TEST(p.tries() == before);
    p.pass(50 * minute_ms);
    BOOST_TEST(p.tries() == before + 1);  // one probe
    BOOST_TEST(p.transport.sent.back().id == first);
    p.up = true;
    p.pass(4 * hour_ms);
    BOOST_TEST((p.peer("b.example").peer.state == PeerState::healthy));
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
}

BOOST_AUTO_TEST_CASE(failures_of_what_is_under_way_together_count_once) {
    Pair p;
    p.post(p.alice);
    p.post(p.alice);
    p.transport.answer = [](const Sent&) { return std::optional<Outcome>(); };
    p.work();
    BOOST_REQUIRE(p.transport.held.size() == 2);
    p.transport.release(503);
    p.deliver();
    p.lanes->stop(0);
    BOOST_TEST(p.peer("b.example").peer.fail_count == 1);
    p.open();
}

BOOST_AUTO_TEST_CASE(retry_after_is_honoured) {
    Pair p;
    p.transport.answer = [](const Sent&) {
        return Outcome(status(429, {{"Retry-After", "7200"}}));
    };
    p.post(p.alice);
    p.work();
    BOOST_TEST(p.tries() == 1);
    p.transport.answer = [](const Sent&) { return Outcome(status(202)); };
    p.pass(hour_ms);
    BOOST_TEST(p.tries() == 1);
    p.pass(hour_ms + second_ms);
    BOOST_TEST(p.tries() == 2);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
}

BOOST_AUTO_TEST_CASE(a_refused_row_waits_alone) {
    Pair p;
    const auto refused = p.post(p.alice);
    p.transport.answer = [&](const Sent& s) {
        return Outcome(status(s.body.find(refused.ap_id) != s.body.npos ? 403 : 202));
    };
    p.post(p.alice);
    p.work();
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 1);  // what came after it is there
    BOOST_TEST((p.peer("b.example").peer.state == PeerState::healthy));
    for (TimeMs ms : {7 * minute_ms, 2 * hour_ms, 8 * hour_ms, 30 * hour_ms}) p.pass(ms);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
    BOOST_TEST(
        p.count("SELECT COUNT(*) FROM delivery_result WHERE outcome = 1 AND error = 'HTTP 403'") ==
        1);
    BOOST_TEST(p.tries() == 6);
}

BOOST_AUTO_TEST_CASE(what_a_peer_stumbles_over_does_not_hold_up_the_rest) {
    Pair p;
    const auto poison = p.post(p.alice);
    p.transport.answer = [&](const Sent& s) {
        return Outcome(status(s.body.find(poison.ap_id) != s.body.npos ? 500 : 202));
    };
    p.work();
    for (TimeMs ms : {2 * minute_ms, 7 * minute_ms, 20 * minute_ms, 80 * minute_ms, 4 * hour_ms})
        p.pass(ms);
    BOOST_TEST((p.peer("b.example").peer.state == PeerState::open));
    const auto next = p.post(p.alice);
    p.pass(8 * hour_ms);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 1);
    BOOST_TEST((p.reach(next).at("b.example") == model::ReachState::delivered));
}

BOOST_AUTO_TEST_CASE(
    a_peer_that_is_away_for_days_costs_no_rows_and_gets_all_in_order_when_it_is_back) {
    Pair p;
    std::vector<std::string> expected;
    p.up = false;
    expected.push_back(p.post(p.alice).ap_id);
    for (int i = 0; i < 40; ++i) p.pass(hour_ms);
    const auto rows = p.count("SELECT COUNT(*) FROM delivery");
    const auto deleted = p.post(p.alice);
    for (int i = 0; i < 5; ++i) expected.push_back(p.post(p.alice).ap_id);
    p.work();
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == rows);
    BOOST_TEST(p.peer("b.example").peer.resume_after.has_value());
    p.remove(deleted);
    p.work();
    p.transport.sent.clear();
    p.up = true;
    p.pass(25 * hour_ms);
    p.pass(second_ms);
    BOOST_TEST(!p.peer("b.example").peer.resume_after.has_value());
    std::vector<std::string> created;
    for (const auto& s : p.transport.sent)
        if (s.type == "Create")
            created.push_back(std::string(s.document()["object"]["id"].string_or("")));
    BOOST_TEST(created == expected);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
}

BOOST_AUTO_TEST_CASE(a_peer_that_speaks_to_us_is_tried_at_once) {
    Pair p;
    p.up = false;
    p.post(p.alice);
    for (TimeMs ms : {0 * minute_ms, 2 * minute_ms, 7 * minute_ms, 20 * minute_ms}) p.pass(ms);
    BOOST_TEST((p.peer("b.example").peer.state == PeerState::open));
    p.up = true;
    p.pass(5 * minute_ms);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 1);
    p.lanes->peer_spoke("other.example");
    p.lanes->peer_spoke("b.example");
    p.deliver();
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
    BOOST_TEST((p.peer("b.example").peer.state == PeerState::healthy));
}

BOOST_AUTO_TEST_CASE(a_gone_shared_inbox_whose_actor_is_gone_ends_the_host_until_it_speaks) {
    Pair p;
    p.transport.answer = [](const Sent&) { return Outcome(status(410)); };
    p.transport.fetched = [](const Sent&) { return Outcome(status(410)); };
    p.post(p.alice);
    p.post(p.alice);
    p.work();
    BOOST_TEST((p.peer("b.example").peer.state == PeerState::gone));
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery_result WHERE outcome = 1") == 2);
    p.post(p.alice);
    p.work();
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
    p.transport.answer = [](const Sent&) { return Outcome(status(202)); };
    p.clock.advance(minute_ms);
    p.lanes->peer_spoke("b.example");
    p.deliver();
    const auto post = p.post(p.alice);
    p.work();
    BOOST_TEST((p.reach(post).at("b.example") == model::ReachState::delivered));
}

BOOST_AUTO_TEST_CASE(a_moved_inbox_is_read_anew_from_its_actor) {
    Pair p;
    p.transport.answer = [](const Sent& s) {
        return Outcome(status(s.url == "https://b.example/inbox" ? 410 : 202));
    };
    p.transport.fetched = [&](const Sent& s) {
        auto response = status(200, {{"Content-Type", "application/activity+json"}});
        response.final_url = value_of(Url::parse(s.url));
        response.body =
            R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Person","preferredUsername":"bob","id":")" +
            p.bob.ap_id +
            R"(","inbox":"https://b.example/users/bob/in","endpoints":{"sharedInbox":"https://b.example/new"}})";
        return Outcome(response);
    };
    p.post(p.alice);
    p.work();
    BOOST_REQUIRE(p.tries() == 2);
    BOOST_TEST(p.transport.sent[1].url == "https://b.example/new");
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
}

BOOST_AUTO_TEST_CASE(our_own_transport_being_full_is_nobodys_failure) {
    Pair p;
    p.transport.answer = [](const Sent&) {
        return Outcome(client::fault(TransportFault::overloaded, ""));
    };
    p.post(p.alice);
    p.work();
    p.transport.answer = [](const Sent&) { return Outcome(status(202)); };
    p.pass(2 * second_ms);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
    BOOST_TEST(p.peer("b.example").peer.fail_count == 0);
}

BOOST_AUTO_TEST_CASE(rows_expire_after_thirty_days_and_it_is_recorded) {
    Pair p;
    p.up = false;
    p.post(p.alice);
    for (int day = 0; day < 33; ++day) p.pass(day_ms);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery_result WHERE outcome = 2") == 1);
}

BOOST_AUTO_TEST_CASE(a_host_that_never_answers_does_not_hold_up_others) {
    Pair p;
    p.follow(p.remote("carol", "hole.example"), p.alice);
    p.transport.answer = [](const Sent& s) {
        return s.host == "hole.example" ? std::optional<Outcome>() : Outcome(status(202));
    };
    for (int i = 0; i < 100; ++i) p.post(p.alice);
    p.work();
    BOOST_TEST(p.transport.ids_at("b.example").size() == 100);
    BOOST_TEST(p.transport.held.size() == 2);
    p.transport.release(202);
}

BOOST_AUTO_TEST_CASE(nothing_is_lost_and_order_is_kept_when_lanes_end_in_mid_flight) {
    Pair p;
    std::vector<std::string> posts;
    SeededRandom chance{42};
    for (int i = 0; i < 60; ++i) {
        const auto post = p.post(p.alice);
        p.publish();
        p.edit(post, "<p>1</p>");
        p.publish();
        posts.push_back(post.ap_id);
    }
    p.transport.answer = [&](const Sent&) -> std::optional<Outcome> {
        const auto draw = chance.below(10);
        if (draw < 3) return Outcome(status(503));
        return draw < 6 ? std::optional<Outcome>() : Outcome(status(202));
    };
    std::vector<Sent> accepted;
    for (int round = 0; round < 30; ++round) {
        for (int i = 0; i < 5; ++i) p.lanes->step();
        p.transport.held.clear();  // they got there, but their answers never came
        p.open();
        p.write([](sql::Tx& tx) { return repo::release_peers(tx); });
        p.clock.advance(2 * minute_ms);
    }
    p.transport.answer = [](const Sent&) { return Outcome(status(202)); };
    for (int i = 0; i < 60; ++i) p.pass(hour_ms);
    BOOST_TEST(p.count("SELECT COUNT(*) FROM delivery") == 0);
    std::map<std::string, std::vector<std::string>> types;
    std::map<std::string, std::set<std::string>> ids;
    for (const auto& s : p.transport.sent) {
        const std::string object(s.document()["object"]["id"].string_or(""));
        if (ids[object].insert(s.id).second) types[object].push_back(s.type);
    }
    for (const auto& post : posts) BOOST_TEST(joined(types[post]) == "Create Update", post);
}

BOOST_AUTO_TEST_CASE(the_threads_deliver_by_themselves_and_stop) {
    Pair p;
    p.lanes->stop(0);
    p.lanes = std::make_unique<delivery::Lanes>(p.context, p.transport);
    value_of(p.lanes->start());
    value_of(p.publisher->start());
    // The clock stands still: nothing leaves because a poll's time has come.
    p.db->on_news([&] { p.publisher->notify(); });
    for (unsigned posts = 1; posts <= 20; ++posts) {
        p.post(p.alice);
        for (int i = 0; i < 2'000 && p.lanes->counters().delivered < posts; ++i)
            p.write([](sql::Tx& tx) { return tx.query("SELECT 1"); });
        BOOST_TEST_REQUIRE(p.lanes->counters().delivered == posts);
    }
    p.db->on_news({});
    p.publisher->stop();
    p.lanes->stop();
    BOOST_TEST(p.count("SELECT COUNT(*) FROM peer WHERE lease_until > 0") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
