// Accounts that moved.
#include "storage/repo/moves.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_moves)

KITH_STORAGE_TEST(the_last_move_of_an_account_is_kept) {
    World world(db);
    const auto old = world.stranger("old"), one = world.stranger("one"), two = world.person("two");
    BOOST_TEST(!ask(db, repo::find_move, old).has_value());
    put(db, repo::put_move, repo::MoveRow{old, one, "https://there.example/move/1", noon});
    put(db, repo::put_move, repo::MoveRow{old, two, "https://there.example/move/2", noon + 1});
    const auto move = ask(db, repo::find_move, old);
    BOOST_REQUIRE(move.has_value());
    BOOST_TEST((move->target_id == two && move->at == noon + 1));
    BOOST_TEST(move->ap_id == "https://there.example/move/2");
}

KITH_STORAGE_TEST(only_people_here_are_taken_along) {
    World world(db);
    const auto old = world.stranger("old");
    const auto ann = world.person("ann"), bob = world.person("bob"), cid = world.stranger("cid");
    const auto first = world.follow(ann, old);
    const auto second = world.follow(bob, old, model::FollowState::pending);
    world.follow(cid, old);
    const auto found = ask(db, repo::local_follows_of, old, 9);
    BOOST_REQUIRE(found.size() == 2u);
    BOOST_TEST((found[0].id == first.id && found[1].id == second.id));
    BOOST_TEST(ask(db, repo::local_follows_of, old, 1).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
