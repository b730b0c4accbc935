// What repairs the memory of two servers: followers as FEP-8fcf compares them, and what was undone
// before it came.
#include "storage/repo/followers_sync.hpp"
#include "storage/repo/inbox.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/withdrawn.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::FollowState;

BOOST_AUTO_TEST_SUITE(repo_repair)

KITH_STORAGE_TEST(followers_are_listed_by_host_once_they_are_accepted) {
    World world(db);
    const auto ann = world.person("ann");
    const auto cid = world.stranger("cid"), dan = world.stranger("dan");
    const auto far = world.stranger("far", "elsewhere.example");
    world.follow(cid, ann);
    world.follow(dan, ann, FollowState::pending);
    world.follow(far, ann);
    world.follow(world.person("bob"), ann);
    const std::vector<std::string> expected{world.actor(cid).ap_id};
    BOOST_TEST((ask(db, repo::follower_ids_at, ann, "there.example", 9) == expected));
    BOOST_TEST(ask(db, repo::follower_ids_at, ann, "nowhere.example", 9).empty());
    BOOST_TEST(ask(db, repo::follower_ids_at, ann, "there.example", 0).empty());
}

KITH_STORAGE_TEST(our_own_accepted_followers_are_listed) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto cid = world.stranger("cid");
    const auto f = world.follow(ann, cid);
    world.follow(bob, cid, FollowState::pending);
    world.follow(world.stranger("dan"), cid);
    const auto found = ask(db, repo::accepted_local_followers, cid, 9);
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].actor_id == ann);
    BOOST_TEST(found[0].follow_id == f.id);
    BOOST_TEST(found[0].ap_id == world.actor(ann).ap_id);
}

KITH_STORAGE_TEST(the_version_of_followers_moves_with_each_change) {
    World world(db);
    const auto ann = world.person("ann"), cid = world.stranger("cid");
    const auto version = [&] { return ask(db, repo::followers_version, ann)->version; };
    auto last = version();
    const auto moved = [&] {
        const auto before = last;
        return (last = version()) != before;
    };
    const auto f = world.follow(cid, ann, FollowState::pending);
    BOOST_TEST(!moved());
    put(db, repo::accept_follow, f, noon);
    BOOST_TEST(moved());
    put(db, repo::remove_follow, f);
    BOOST_TEST(moved());
    BOOST_TEST(!ask(db, repo::followers_version, Id(999)).has_value());
}

KITH_STORAGE_TEST(what_was_undone_before_it_came_is_remembered_for_its_actor) {
    World world(db);
    const auto cid = world.stranger("cid"), dan = world.stranger("dan");
    put(db, repo::add_withdrawn, cid, "https://there.example/like/1", noon);
    put(db, repo::add_withdrawn, cid, "https://there.example/like/1", noon);
    BOOST_TEST(ask(db, repo::is_withdrawn, cid, "https://there.example/like/1"));
    BOOST_TEST(!ask(db, repo::is_withdrawn, dan, "https://there.example/like/1"));
    put(db, repo::trim_withdrawn, noon, 9);
    BOOST_TEST(ask(db, repo::is_withdrawn, cid, "https://there.example/like/1"));
    put(db, repo::trim_withdrawn, noon + 1, 9);
    BOOST_TEST(!ask(db, repo::is_withdrawn, cid, "https://there.example/like/1"));
}

KITH_STORAGE_TEST(what_came_and_was_dealt_with_is_not_remembered_as_undone) {
    World world(db);
    const auto cid = world.stranger("cid");
    const std::string id = "https://there.example/like/1";
    const model::InboxActivity row{.id = world.next_id(),
                                   .actor_ap_id = world.actor(cid).ap_id,
                                   .ap_id = id,
                                   .type = "Like",
                                   .lane = "lane",
                                   .body = "{}",
                                   .body_hash = "hash",
                                   .received_at = noon,
                                   .not_before = noon};
    put(db, repo::accept_activity, row, repo::Repetition::judged_anew);
    put(db, repo::close_applied, row.id);
    put(db, repo::add_withdrawn, cid, id, noon);
    BOOST_TEST(!ask(db, repo::is_withdrawn, cid, id));
}

BOOST_AUTO_TEST_SUITE_END()
