// What is forgotten of somebody who is gone.
#include "storage/repo/farewells.hpp"

#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/lists.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_farewells)

KITH_STORAGE_TEST(an_account_keeps_its_name_and_nothing_that_signs_it_in) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto before = *ask(db, repo::find_user_by_actor, ann);
    put(db, repo::forget_account, before.id);
    const auto after = *ask(db, repo::find_user_by_actor, ann);
    BOOST_TEST(after.email == "");
    BOOST_TEST(after.password_hash == "");
    BOOST_TEST(!ask(db, repo::find_user_by_email, before.email));
    BOOST_TEST(!ask(db, repo::find_user_by_email, std::string()));
    put(db, repo::forget_account, world.account_of(bob));  // one gone account does not stand in another's way
    BOOST_TEST(ask(db, repo::find_user_by_actor, bob)->email == "");
    BOOST_TEST(ask(db, repo::find_user_by_actor, ann)->id == before.id);
}

KITH_STORAGE_TEST(what_somebody_kept_goes_and_what_others_keep_stays) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto post = world.post(bob);
    for (const auto who : {ann, bob}) {
        put(db, repo::add_bookmark, who, post, world.next_id());
        put(db, repo::mute_thread, who, post);
    }
    put(db, repo::forget_own, ann);
    BOOST_TEST(ask(db, repo::bookmarks_page, ann, Window{}).empty());
    BOOST_TEST(!ask(db, repo::mutes_thread_of, ann, post));
    BOOST_TEST(ask(db, repo::bookmarks_page, bob, Window{}).size() == 1);
    BOOST_TEST(ask(db, repo::mutes_thread_of, bob, post));
}

KITH_STORAGE_TEST(posts_that_are_left_come_oldest_first_without_the_deleted) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto one = world.post(ann), gone = world.post(ann), two = world.post(ann), three = world.post(ann);
    world.post(bob);
    put(db, repo::scrub_post, gone, noon);
    BOOST_TEST((ask(db, repo::posts_left_of, ann, 2) == Ids{one, two}));
    BOOST_TEST((ask(db, repo::posts_left_of, ann, 9) == Ids{one, two, three}));
}

BOOST_AUTO_TEST_SUITE_END()
