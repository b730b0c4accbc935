// What members want to be told by mail, and who of another host reads for a group's members.
#include "storage/repo/mail_wishes.hpp"

#include "storage/repo/followers_sync.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::NotificationKind;
using repo::MailWish;

BOOST_AUTO_TEST_SUITE(repo_mail)

KITH_STORAGE_TEST(a_notice_is_due_once_and_only_of_what_is_wished_for) {
    World world(db);
    const auto alice = world.person("alice"), bob = world.person("bob");
    put(db, repo::put_mail_wish, MailWish{.actor_id = alice, .kinds = MailWish::bit(NotificationKind::mention)});
    put(db, repo::want_notices, alice, NotificationKind::follow, noon);
    BOOST_TEST(ask(db, repo::due_mail_wishes, noon + 1, 10).empty());
    put(db, repo::want_notices, alice, NotificationKind::mention, noon);
    put(db, repo::want_notices, alice, NotificationKind::mention, noon + 100);   // the first letter takes it along
    put(db, repo::want_notices, bob, NotificationKind::mention, noon);
    BOOST_TEST(ask(db, repo::due_mail_wishes, noon - 1, 10).empty());
    const auto due = ask(db, repo::due_mail_wishes, noon, 10);
    BOOST_REQUIRE(due.size() == 1u);
    BOOST_TEST(due[0].actor_id == alice);
    BOOST_TEST(*due[0].notices_due == noon);
}

KITH_STORAGE_TEST(a_wish_is_kept_changed_and_ended) {
    World world(db);
    const auto alice = world.person("alice");
    MailWish wish{.actor_id = alice, .kinds = 5, .digest_every_ms = day_ms, .notices_due = {}, .digest_due = noon + day_ms,
                  .told_until = 7, .digest_since = noon};
    put(db, repo::put_mail_wish, wish);
    wish.told_until = 9;
    wish.digest_due = noon + 2 * day_ms;
    put(db, repo::put_mail_wish, wish);
    const auto kept = ask(db, repo::find_mail_wish, alice);
    BOOST_REQUIRE(kept);
    BOOST_TEST(kept->kinds == 5);
    BOOST_TEST(kept->told_until == 9);
    BOOST_TEST(*kept->digest_due == noon + 2 * day_ms);
    BOOST_TEST(!kept->notices_due);
    BOOST_TEST(ask(db, repo::due_mail_wishes, noon + 2 * day_ms, 10).size() == 1u);
    put(db, repo::remove_mail_wish, alice);
    BOOST_TEST(!ask(db, repo::find_mail_wish, alice));
}

KITH_STORAGE_TEST(a_letters_token_ends_them_for_a_time) {
    World world(db);
    const auto alice = world.person("alice");
    put(db, repo::add_mail_stop, std::string_view("hash"), alice, noon + 10);
    BOOST_TEST(*ask(db, repo::actor_of_mail_stop, std::string_view("hash"), noon) == alice);
    BOOST_TEST(!ask(db, repo::actor_of_mail_stop, std::string_view("other"), noon));
    BOOST_TEST(!ask(db, repo::actor_of_mail_stop, std::string_view("hash"), noon + 10));
    put(db, repo::trim_mail_stops, noon + 10);
    BOOST_TEST(!ask(db, repo::actor_of_mail_stop, std::string_view("hash"), noon));
}

KITH_STORAGE_TEST(a_member_of_a_host_stands_for_it) {
    World world(db);
    const auto alice = world.person("alice"), garden = world.group("garden", alice);
    const auto cid = world.stranger("cid", "c.example"), dan = world.stranger("dan", "d.example");
    world.follow(cid, garden);
    world.follow(dan, garden, model::FollowState::pending);
    BOOST_TEST(*ask(db, repo::follower_at, garden, std::string_view("c.example")) == cid);
    BOOST_TEST(!ask(db, repo::follower_at, garden, std::string_view("d.example")));
    BOOST_TEST(!ask(db, repo::follower_at, garden, std::string_view("")));
}

BOOST_AUTO_TEST_SUITE_END()
