// Where notifications are sent to, and what is still to be sent.
#include "storage/repo/push.hpp"

#include "storage/repo/notifications.hpp"
#include "storage/repo/oauth.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::NotificationKind;
using model::PushSubscription;

BOOST_AUTO_TEST_SUITE(repo_push)

namespace {

Id token(World& world, sql::Db& db, Id owner) {
    model::OAuthApp app;
    app.id = world.next_id();
    app.name = "app";
    app.client_id = "client" + std::to_string(app.id);
    put(db, repo::insert_app, app);
    model::OAuthToken made;
    made.id = world.next_id();
    made.token_hash = "hash" + std::to_string(made.id);
    made.app_id = app.id;
    made.user_id = world.account_of(owner);
    made.scopes = "push";
    made.created_at = noon;
    put(db, repo::insert_token, made);
    return made.id;
}

PushSubscription subscription(World& world, Id owner, Id token, std::int64_t alerts) {
    return {.id = world.next_id(), .owner_id = owner, .token_id = token, .endpoint = "https://push.example/1",
            .p256dh = std::string("\x04\0\xff", 3), .auth = "secret", .alerts = alerts, .created_at = noon};
}

Id notify(World& world, sql::Db& db, Id owner, NotificationKind kind, Id from, bool filtered = false) {
    const auto id = world.next_id();
    put(db, repo::add_notification,
        model::Notification{.id = id, .owner_id = owner, .kind = kind, .from_id = from, .created_at = noon, .filtered = filtered});
    return id;
}

}  // namespace

KITH_STORAGE_TEST(the_nodes_key_stays) {
    World world(db);
    BOOST_TEST(!ask(db, repo::vapid_secret).has_value());
    put(db, repo::put_vapid_secret, "one", noon);
    put(db, repo::put_vapid_secret, "two", noon);
    BOOST_TEST(ask(db, repo::vapid_secret).value_or("") == "one");
}

KITH_STORAGE_TEST(a_token_has_one_subscription) {
    World world(db);
    const auto ann = world.person("ann");
    const auto here = token(world, db, ann);
    const auto first = subscription(world, ann, here, 1), second = subscription(world, ann, here, 2);
    put(db, repo::put_push_subscription, first);
    put(db, repo::put_push_subscription, second);
    auto found = ask(db, repo::push_subscription_of, here);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->id == second.id);
    BOOST_TEST(found->p256dh == second.p256dh);
    put(db, repo::set_push_alerts, second.id, std::int64_t(5), model::PushPolicy::followers);
    found = ask(db, repo::find_push_subscription, second.id);
    BOOST_TEST(found->alerts == 5);
    BOOST_TEST((found->policy == model::PushPolicy::followers));
    put(db, repo::remove_push_subscription, second.id);
    BOOST_TEST(!ask(db, repo::push_subscription_of, here).has_value());
}

KITH_STORAGE_TEST(what_is_wanted_is_queued_until_it_is_sent) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto here = token(world, db, ann), gone = token(world, db, ann);
    const auto wants_follows = subscription(world, ann, here, PushSubscription::bit(NotificationKind::follow));
    put(db, repo::put_push_subscription, wants_follows);
    put(db, repo::put_push_subscription, subscription(world, ann, gone, PushSubscription::bit(NotificationKind::follow)));
    put(db, repo::revoke_token, gone, noon);
    notify(world, db, ann, NotificationKind::poll, bob);
    notify(world, db, ann, NotificationKind::follow, bob, true);
    BOOST_TEST(!ask(db, repo::has_due_pushes, noon));
    const auto told = notify(world, db, ann, NotificationKind::follow, bob);
    BOOST_TEST(ask(db, repo::has_due_pushes, noon));
    const auto due = put(db, repo::claim_pushes, noon, noon + 60, 10);
    BOOST_REQUIRE(due.size() == 1);
    BOOST_TEST(due[0].subscription_id == wants_follows.id);
    BOOST_TEST(due[0].notification_id == told);
    BOOST_TEST(due[0].attempts == 1);
    BOOST_TEST(put(db, repo::claim_pushes, noon + 59, noon + 120, 10).empty());
    put(db, repo::postpone_push, wants_follows.id, told, noon + 500);
    BOOST_TEST(!ask(db, repo::has_due_pushes, noon + 499));
    BOOST_TEST(put(db, repo::claim_pushes, noon + 500, noon + 600, 10)[0].attempts == 2);
    put(db, repo::finish_push, wants_follows.id, told);
    BOOST_TEST(!ask(db, repo::has_due_pushes, noon + 1000));
}

BOOST_AUTO_TEST_SUITE_END()
