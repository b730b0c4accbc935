// Who gets what of a post.
#include "storage/repo/domains.hpp"
#include "config/limits/delivery.hpp"
#include "fixture.hpp"

#include "federation/vocab/objects.hpp"

using namespace kith;
using namespace kith::delivery::test;
using model::EventKind;
using model::ReachState;
using model::Visibility;

BOOST_AUTO_TEST_SUITE(delivery_posts)

BOOST_AUTO_TEST_CASE(a_public_post_goes_once_to_each_followers_host) {
    Node node;
    const auto alice = node.local("alice");
    for (auto* name : {"bob", "ben"}) node.follow(node.remote(name, "b.example"), alice);
    node.follow(node.remote("carol", "c.example"), alice);
    const auto post = node.post(alice);
    node.work();
    BOOST_TEST(joined(node.transport.types_at("b.example")) == "Create");
    BOOST_TEST(joined(node.transport.types_at("c.example")) == "Create");
    const auto& sent = node.transport.sent.front();
    BOOST_TEST(sent.url == "https://b.example/inbox");
    BOOST_TEST(sent.signer == alice.id);
    const auto create = sent.document();
    BOOST_TEST(create["actor"].string_or("") == alice.ap_id);
    BOOST_TEST(create["id"].string_or("") == node.urls.activity(post.id));
    BOOST_TEST(create["object"]["id"].string_or("") == post.ap_id);
    BOOST_TEST(create["object"]["to"].at(0).string_or("") == vocab::public_collection);
    BOOST_TEST(create["object"]["cc"].at(0).string_or("") == alice.followers_url);
    BOOST_TEST((node.reach(post).at("b.example") == ReachState::delivered));
    BOOST_TEST(node.count("SELECT COUNT(*) FROM delivery") == 0);
    BOOST_TEST(node.count("SELECT COUNT(*) FROM delivery_result WHERE outcome = 0") == 2);
    BOOST_TEST(node.count("SELECT COUNT(*) FROM event_todo WHERE consumer = 0") == 0);
}

BOOST_AUTO_TEST_CASE(a_direct_post_reaches_only_the_host_of_the_one_addressed) {
    Node node;
    const auto alice = node.local("alice");
    node.follow(node.remote("bob", "b.example"), alice);
    const auto carol = node.remote("carol", "c.example");
    node.post(alice, {.visibility = Visibility::direct, .audience = {carol}});
    node.work();
    BOOST_REQUIRE(node.transport.sent.size() == 1);
    BOOST_TEST(node.transport.sent[0].host == "c.example");
    const auto create = node.transport.sent[0].document();
    BOOST_TEST(create["object"]["to"].at(0).string_or("") == carol.ap_id);
    BOOST_TEST(create["object"]["cc"].size() == 0);
    BOOST_TEST(create["object"]["tag"].at(0)["href"].string_or("") == carol.ap_id);
}

BOOST_AUTO_TEST_CASE(a_followers_only_post_answers_nobody_else) {
    Node node;
    const auto alice = node.local("alice");
    node.follow(node.remote("bob", "b.example"), alice);
    const auto carol = node.remote("carol", "c.example");
    const auto parent = node.store_post(carol);
    node.post(alice, {.visibility = Visibility::followers, .parent = parent});
    node.work();
    BOOST_REQUIRE(node.transport.sent.size() == 1);
    BOOST_TEST(node.transport.sent[0].host == "b.example");
}

BOOST_AUTO_TEST_CASE(an_open_reply_goes_to_the_one_it_answers) {
    Node node;
    const auto alice = node.local("alice");
    const auto carol = node.remote("carol", "c.example");
    const auto parent = node.store_post(carol);
    node.post(alice, {.parent = parent});
    node.work();
    BOOST_REQUIRE(node.transport.sent.size() == 1);
    BOOST_TEST(node.transport.sent[0].host == "c.example");
    BOOST_TEST(node.transport.sent[0].document()["object"]["inReplyTo"].string_or("") ==
               parent.ap_id);
}

BOOST_AUTO_TEST_CASE(an_edit_and_a_delete_reach_a_host_that_unfollowed_since) {
    Node node;
    const auto alice = node.local("alice");
    const auto follow = node.follow(node.remote("bob", "b.example"), alice);
    const auto post = node.post(alice);
    node.work();
    node.write([&](sql::Tx& tx) { return repo::remove_follow(tx, follow); });
    node.edit(post, "<p>better</p>");
    node.work();
    node.remove(post);
    node.work();
    BOOST_TEST(joined(node.transport.types_at("b.example")) == "Create Update Delete");
    const auto deletion = node.transport.sent.back().document();
    BOOST_TEST(deletion["object"]["type"].string_or("") == "Tombstone");
    BOOST_TEST(deletion["object"]["id"].string_or("") == post.ap_id);
}

BOOST_AUTO_TEST_CASE(an_edit_for_followers_does_not_reach_who_was_sent_away) {
    Node node;
    const auto alice = node.local("alice");
    const auto follow = node.follow(node.remote("bob", "b.example"), alice);
    const auto post = node.post(alice, {.visibility = Visibility::followers});
    node.work();
    node.write([&](sql::Tx& tx) { return repo::remove_follow(tx, follow); });
    node.edit(post, "<p>between us</p>");
    node.work();
    node.remove(post);
    node.work();
    BOOST_TEST(joined(node.transport.types_at("b.example")) == "Create Delete");
}

BOOST_AUTO_TEST_CASE(a_post_deleted_before_it_was_published_is_neither_created_nor_updated) {
    Node node;
    const auto alice = node.local("alice");
    node.follow(node.remote("bob", "b.example"), alice);
    const auto post = node.post(alice);
    node.edit(post, "<p>better</p>");
    node.remove(post);
    node.work();
    BOOST_TEST(joined(node.transport.types_at("b.example")) == "Delete");
}

BOOST_AUTO_TEST_CASE(suspended_domains_and_their_subdomains_get_nothing) {
    Node node;
    const auto alice = node.local("alice");
    for (auto* host : {"bad.example", "sub.bad.example", "silent.example", "good.example"})
        node.follow(node.remote("bob", host), alice);
    node.write([](sql::Tx& tx) -> Result<> {
        TRY(repo::put_domain_block(
            tx, {.host = "bad.example", .severity = model::BlockSeverity::suspend}));
        return repo::put_domain_block(
            tx, {.host = "silent.example", .severity = model::BlockSeverity::silence});
    });
    node.post(alice);
    node.work();
    BOOST_TEST(node.transport.sent.size() == 2);
    BOOST_TEST(node.transport.ids_at("good.example").size() == 1);
    BOOST_TEST(node.transport.ids_at("silent.example").size() == 1);
}

BOOST_AUTO_TEST_CASE(what_waits_for_a_domain_that_is_suspended_now_is_given_up) {
    Node node;
    const auto alice = node.local("alice");
    node.follow(node.remote("bob", "bad.example"), alice);
    const auto post = node.post(alice);
    node.publish();
    node.write([](sql::Tx& tx) { return repo::put_domain_block(tx, {.host = "bad.example"}); });
    node.deliver();
    BOOST_TEST(node.transport.sent.empty());
    BOOST_TEST(node.count("SELECT COUNT(*) FROM delivery_result WHERE outcome = 1") == 1);
    BOOST_TEST((node.reach(post).at("bad.example") == ReachState::failed));
}

BOOST_AUTO_TEST_CASE(more_recipients_than_a_transaction_holds_all_get_it_once) {
    Node node;
    const auto alice = node.local("alice");
    const int hosts = 1'500;
    for (int i = 0; i < hosts; ++i)
        node.follow(node.remote("bob", "h" + std::to_string(i) + ".example"), alice);
    node.post(alice);
    node.work();
    BOOST_TEST(node.transport.sent.size() == std::size_t(hosts));
    BOOST_TEST(node.count("SELECT COUNT(*) FROM activity") == 1);
    BOOST_TEST(node.count("SELECT COUNT(*) FROM event_todo WHERE consumer = 0") == 0);
}

BOOST_AUTO_TEST_CASE(an_event_that_is_taken_up_again_makes_no_second_activity) {
    Node node;
    const auto alice = node.local("alice");
    for (int i = 0; i < 800; ++i)
        node.follow(node.remote("bob", "h" + std::to_string(i) + ".example"), alice);
    node.post(alice);
    // The first piece only: the event is not finished.
    const auto events = node.write([&](sql::Tx& tx) {
        return repo::claim_events(tx, model::Consumer::publisher, node.clock.now_ms(),
                                  node.clock.now_ms(), 1);
    });
    node.write([&](sql::Tx& tx) -> Result<> {
        const auto activities = TRY(delivery::activities_for(tx, node.context, events.at(0).event));
        const auto piece = TRY(delivery::queue_activities(tx, node.context, activities, {},
                                                          limits::delivery_rows_per_write_max));
        BOOST_TEST(!piece.complete);
        return {};
    });
    node.deliver();
    const auto first = node.transport.sent.size();
    BOOST_TEST(first > 0);
    node.open();
    node.work();
    BOOST_TEST(node.transport.sent.size() == 800);
    BOOST_TEST(node.count("SELECT COUNT(*) FROM activity") == 1);
}

BOOST_AUTO_TEST_CASE(a_boost_goes_to_followers_and_to_the_author_and_so_does_its_undo) {
    Node node;
    const auto alice = node.local("alice");
    node.follow(node.remote("bob", "b.example"), alice);
    const auto carol = node.remote("carol", "c.example");
    const auto post = node.store_post(carol);
    model::Boost boost{node.ids.next(),     alice.id, post.id, node.urls.activity(5),
                       Visibility::public_, start_ms};
    node.write([&](sql::Tx& tx) { return repo::add_boost(tx, boost); });
    node.emit({.kind = EventKind::boost_added,
               .actor_id = alice.id,
               .post_id = post.id,
               .object_ap_id = boost.ap_id});
    node.work();
    node.write([&](sql::Tx& tx) { return repo::remove_boost(tx, boost); });
    node.emit({.kind = EventKind::boost_removed,
               .actor_id = alice.id,
               .post_id = post.id,
               .object_ap_id = boost.ap_id});
    node.work();
    for (auto* host : {"b.example", "c.example"})
        BOOST_TEST(joined(node.transport.types_at(host)) == "Announce Undo");
    BOOST_TEST(node.transport.sent.front().id == boost.ap_id);
    BOOST_TEST(node.transport.sent.back().document()["object"]["id"].string_or("") == boost.ap_id);
}

BOOST_AUTO_TEST_CASE(a_like_goes_to_the_author_and_to_the_remote_group) {
    Node node;
    const auto alice = node.local("alice");
    node.follow(node.remote("bob", "b.example"), alice);
    const auto carol = node.remote("carol", "c.example");
    const auto group = node.remote("garden", "g.example", model::ActorKind::group);
    const auto post = node.store_post(carol, {.group_id = group.id});
    model::Reaction like{alice.id, post.id, model::ReactionKind::like, node.urls.activity(6),
                         start_ms};
    node.write([&](sql::Tx& tx) { return repo::put_reaction(tx, like, 6); });
    node.emit({.kind = EventKind::reaction_added,
               .actor_id = alice.id,
               .post_id = post.id,
               .group_id = group.id,
               .object_ap_id = like.ap_id,
               .payload = R"({"kind":"like"})"});
    node.work();
    BOOST_TEST(node.transport.sent.size() == 2);
    BOOST_TEST(joined(node.transport.types_at("c.example")) == "Like");
    BOOST_TEST(joined(node.transport.types_at("g.example")) == "Like");
    BOOST_TEST(node.transport.sent[0].document()["audience"].string_or("") == group.ap_id);
}

BOOST_AUTO_TEST_CASE(accept_and_undo_carry_the_follow_with_its_id) {
    Node node;
    const auto alice = node.local("alice");
    const auto bob = node.remote("bob", "b.example");
    const auto theirs = node.follow(bob, alice);
    node.emit({.kind = EventKind::follow_accepted,
               .actor_id = alice.id,
               .target_id = bob.id,
               .object_ap_id = theirs.ap_id});
    node.emit({.kind = EventKind::follow_removed,
               .actor_id = alice.id,
               .target_id = bob.id,
               .object_ap_id = "https://home.example/activity/9"});
    node.work();
    BOOST_REQUIRE(node.transport.sent.size() == 2);
    BOOST_TEST(node.transport.sent[0].url == bob.inbox);
    const auto accept = node.transport.sent[0].document();
    BOOST_TEST(accept["type"].string_or("") == "Accept");
    BOOST_TEST(accept["object"]["id"].string_or("") == theirs.ap_id);
    BOOST_TEST(accept["object"]["actor"].string_or("") == bob.ap_id);
    BOOST_TEST(accept["object"]["object"].string_or("") == alice.ap_id);
    const auto undo = node.transport.sent[1].document();
    BOOST_TEST(undo["object"]["type"].string_or("") == "Follow");
    BOOST_TEST(undo["object"]["id"].string_or("") == "https://home.example/activity/9");
}

BOOST_AUTO_TEST_CASE(the_delete_of_an_actor_goes_to_every_peer_after_what_went_before) {
    Node node;
    const auto alice = node.local("alice");
    const auto follow = node.follow(node.remote("bob", "b.example"), alice);
    node.post(alice);
    node.work();
    node.write([&](sql::Tx& tx) -> Result<> {
        TRY(repo::remove_follow(tx, follow));
        return repo::mark_actor_deleted(tx, alice.id, start_ms);
    });
    node.emit(
        {.kind = EventKind::actor_deleted, .actor_id = alice.id, .object_ap_id = alice.ap_id});
    node.work();
    BOOST_TEST(joined(node.transport.types_at("b.example")) == "Create Delete");
    BOOST_TEST(node.transport.sent.back().document()["object"].string_or("") == alice.ap_id);
}

BOOST_AUTO_TEST_SUITE_END()
