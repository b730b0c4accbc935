// Whom a node that was away has to ask.
#include "storage/repo/actors.hpp"
#include "storage/repo/catch_up.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using repo::CatchUpKind;

namespace {

Id with_outbox(sql::Db& db, World& world, std::string_view name, std::string_view host) {
    const auto id = world.stranger(name, host);
    auto actor = world.actor(id);
    actor.outbox = actor.ap_id + "/outbox";
    put(db, repo::update_actor, actor);
    return id;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repo_catch_up)

KITH_STORAGE_TEST(a_node_knows_when_it_was_there_last) {
    World world(db);
    BOOST_TEST(!ask(db, repo::last_alive).has_value());
    put(db, repo::note_alive, noon);
    put(db, repo::note_alive, noon + 5);
    put(db, repo::note_alive, noon + 3);
    BOOST_TEST((ask(db, repo::last_alive) == noon + 5));
}

KITH_STORAGE_TEST(those_who_are_followed_are_queued_by_host) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto one = with_outbox(db, world, "one", "a.example");
    const auto two = with_outbox(db, world, "two", "b.example");
    const auto asked = with_outbox(db, world, "asked", "c.example");
    with_outbox(db, world, "nobodys", "d.example");
    world.follow(ann, one);
    world.follow(ann, two);
    world.follow(bob, two);
    world.follow(ann, asked, model::FollowState::pending);
    put(db, repo::queue_followed, noon, "", 9);
    put(db, repo::queue_followed, noon + 9, "", 9);  // is there already
    put(db, repo::open_hosts, noon, noon + 1, repo::Counts::anew);
    BOOST_TEST(!ask(db, repo::has_due_host, noon));
    BOOST_TEST(ask(db, repo::has_due_host, noon + 1));
    const auto first = put(db, repo::claim_host, noon + 1, noon + 100);
    BOOST_REQUIRE(first.has_value());
    BOOST_TEST(first->host == "b.example");
    BOOST_TEST((first->attempts == 1 && first->started_at == noon + 1));
    const auto subjects = ask(db, repo::subjects_of, "b.example");
    BOOST_REQUIRE(subjects.size() == 1u);
    BOOST_TEST((subjects[0].kind == CatchUpKind::actor && subjects[0].subject_id == two));
    BOOST_TEST(subjects[0].since == noon);
    const auto second = put(db, repo::claim_host, noon + 1, noon + 100);
    BOOST_REQUIRE(second.has_value());
    BOOST_TEST(second->host == "a.example");
    BOOST_TEST(!put(db, repo::claim_host, noon + 1, noon + 100).has_value());
    BOOST_TEST(!ask(db, repo::has_due_host, noon + 1));

    auto done = *first;
    done.finished_at = noon + 2;
    done.requests = 3;
    done.taken = 2;
    put(db, repo::save_host, done);
    BOOST_TEST(ask(db, repo::subjects_of, "b.example").empty());
    const auto saved = ask(db, repo::catch_up_of, "b.example");
    BOOST_TEST((saved->requests == 3 && saved->taken == 2 && saved->finished_at == noon + 2));
    put(db, repo::release_hosts, noon + 3);  // the other was in the hands of a killed process
    BOOST_TEST((put(db, repo::claim_host, noon + 3, noon + 100)->host == "a.example"));
    BOOST_TEST(ask(db, repo::catch_ups).size() == 2u);
}

KITH_STORAGE_TEST(a_host_that_was_done_begins_anew) {
    World world(db);
    world.follow(world.person("ann"), with_outbox(db, world, "one", "a.example"));
    put(db, repo::queue_followed, noon, "", 9);
    put(db, repo::open_hosts, noon, noon, repo::Counts::anew);
    auto host = *put(db, repo::claim_host, noon, noon + 100);
    host.finished_at = noon + 1;
    host.requests = 7;
    put(db, repo::save_host, host);
    put(db, repo::queue_followed, noon + 50, "elsewhere.example", 9);
    put(db, repo::open_hosts, noon + 50, noon + 60, repo::Counts::anew);
    BOOST_TEST(!put(db, repo::claim_host, noon + 60, noon + 100).has_value());
    put(db, repo::queue_followed, noon + 50, "a.example", 9);
    put(db, repo::open_hosts, noon + 50, noon + 60, repo::Counts::anew);
    const auto again = put(db, repo::claim_host, noon + 60, noon + 100);
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST((again->since == noon + 50 && again->requests == 0 && !again->finished_at));
}

KITH_STORAGE_TEST(conversations_that_people_here_take_part_in_are_queued) {
    World world(db);
    const auto ann = world.person("ann"), cid = world.stranger("cid"), dan = world.stranger("dan");
    const auto root = [&](Id author, std::string_view context) {
        auto post = world.draft(author);
        post.context_url = context;
        return world.store(post).id;
    };
    const auto talk = root(cid, "https://there.example/context/1");
    world.reply(ann, talk);
    const auto nobodys = root(cid, "https://there.example/context/2");
    world.reply(dan, nobodys);
    const auto silent = root(dan, "https://there.example/context/3");
    world.reply(ann, root(dan, ""));
    world.follow(ann, dan);
    const auto followed = root(dan, "https://there.example/context/4");
    world.reply(cid, followed);
    put(db, repo::queue_threads, noon, Id(1), "", 9);
    const auto found = ask(db, repo::subjects_of, "there.example");
    Ids ids;
    for (const auto& subject : found) {
        BOOST_TEST((subject.kind == CatchUpKind::thread));
        ids.push_back(subject.subject_id);
    }
    BOOST_TEST((ids == Ids{followed, talk}), "the latest first; not " << silent << ", " << nobodys);
}

BOOST_AUTO_TEST_SUITE_END()
