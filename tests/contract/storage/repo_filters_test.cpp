// Members' filters, and what their rules about notifications hold back.
#include "storage/repo/filters.hpp"

#include "storage/repo/notification_policies.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>

using namespace kith;
using namespace kith::test;
using model::NotificationKind;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_filters)

namespace {

model::Filter filter_of(World& world, Id owner) {
    return {.id = world.next_id(), .owner_id = owner, .title = "food", .contexts = model::filter_home, .keywords = {}, .posts = {}};
}

Id notify(World& world, sql::Db& db, Id owner, NotificationKind kind, Id from, std::optional<Id> post, TimeMs at,
          bool filtered = false) {
    const auto id = world.next_id();
    put(db, repo::add_notification,
        model::Notification{.id = id, .owner_id = owner, .kind = kind, .from_id = from, .post_id = post,
                            .created_at = at, .filtered = filtered});
    return id;
}

}  // namespace

KITH_STORAGE_TEST(a_filter_is_its_owners_with_its_keywords_and_posts) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto post = world.post(bob), other = world.post(bob);
    auto filter = filter_of(world, ann);
    put(db, repo::insert_filter, filter);
    put(db, repo::insert_filter_keyword, model::FilterKeyword{50, filter.id, "Ham", "ham", true});
    put(db, repo::insert_filter_keyword, model::FilterKeyword{51, filter.id, "Eggs", "eggs", false});
    BOOST_TEST(put(db, repo::insert_filter_post, model::FilterPost{60, filter.id, post}));
    BOOST_TEST(!put(db, repo::insert_filter_post, model::FilterPost{61, filter.id, post}));
    filter.title = "meals";
    filter.action = model::FilterAction::hide;
    filter.expires_at = noon;
    put(db, repo::update_filter, filter);

    const auto found = ask(db, repo::find_filter, ann, filter.id);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->title == "meals");
    BOOST_TEST((found->action == model::FilterAction::hide));
    BOOST_TEST(found->expires_at.value_or(0) == noon);
    BOOST_REQUIRE(found->keywords.size() == 2);
    BOOST_TEST(found->keywords[1].keyword == "Eggs");
    BOOST_TEST(!found->keywords[1].whole_word);
    BOOST_REQUIRE(found->posts.size() == 1);
    BOOST_TEST(!ask(db, repo::find_filter, bob, filter.id).has_value());
    BOOST_TEST(!ask(db, repo::find_filter_keyword, bob, Id(50)).has_value());
    BOOST_TEST(!ask(db, repo::find_filter_post, bob, Id(60)).has_value());

    const std::array<Id, 2> both{post, other};
    const auto among = ask(db, repo::filter_posts_among, ann, std::span<const Id>(both));
    BOOST_REQUIRE(among.size() == 1);
    BOOST_TEST(among[0].post_id == post);
    put(db, repo::delete_filter_keyword, Id(50));
    BOOST_TEST(ask(db, repo::filters_of, ann)[0].keywords.size() == 1);
    put(db, repo::delete_filter, filter.id);
    BOOST_TEST(ask(db, repo::filters_of, ann).empty());
    BOOST_TEST(!ask(db, repo::find_filter_keyword, ann, Id(51)).has_value());
}

KITH_STORAGE_TEST(rules_about_notifications_are_read_back) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    BOOST_TEST((ask(db, repo::notification_policy, ann).limited_accounts == model::NotificationRule::filter));
    model::NotificationPolicy policy{.not_following = model::NotificationRule::drop};
    put(db, repo::put_notification_policy, ann, policy);
    policy.not_followers = model::NotificationRule::filter;
    put(db, repo::put_notification_policy, ann, policy);
    const auto found = ask(db, repo::notification_policy, ann);
    BOOST_TEST((found.not_following == model::NotificationRule::drop));
    BOOST_TEST((found.not_followers == model::NotificationRule::filter));
    BOOST_TEST((ask(db, repo::notification_policy, bob).not_following == model::NotificationRule::accept));
    put(db, repo::permit_notifications, ann, bob);
    put(db, repo::permit_notifications, ann, bob);
    BOOST_TEST(ask(db, repo::permits_notifications, ann, bob));
    BOOST_TEST(!ask(db, repo::permits_notifications, bob, ann));
}

KITH_STORAGE_TEST(what_is_held_back_waits_for_a_decision) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cleo = world.person("cleo");
    const auto post = world.post(bob);
    notify(world, db, ann, NotificationKind::mention, bob, post, noon, true);
    const auto heard = notify(world, db, ann, NotificationKind::follow, cleo, {}, noon);
    put(db, repo::put_notification_request,
        model::NotificationRequest{.id = 70, .owner_id = ann, .from_id = bob, .last_post_id = post, .created_at = noon, .updated_at = noon});
    put(db, repo::put_notification_request,
        model::NotificationRequest{.id = 71, .owner_id = ann, .from_id = bob, .last_post_id = {}, .created_at = noon, .updated_at = noon + 1});

    const repo::NotificationRows all{.kinds = "[0,1,2,3]", .from = {}, .with_filtered = true};
    const repo::NotificationRows usual{.kinds = "[0,1,2,3]", .from = {}};
    BOOST_TEST(ask(db, repo::notifications_page, ann, all, noon, Window{}).size() == 2);
    const auto shown = ask(db, repo::notifications_page, ann, usual, noon, Window{});
    BOOST_REQUIRE(shown.size() == 1);
    BOOST_TEST(shown[0].id == heard);

    const auto requests = ask(db, repo::notification_requests_page, ann, Window{});
    BOOST_REQUIRE(requests.size() == 1);
    BOOST_TEST(requests[0].id == 70);
    BOOST_TEST(requests[0].last_post_id.value_or(0) == post);
    BOOST_TEST(requests[0].updated_at == noon + 1);
    BOOST_TEST(requests[0].notifications == 1);
    const auto counts = ask(db, repo::count_filtered, ann);
    BOOST_TEST(counts.requests == 1);
    BOOST_TEST(counts.notifications == 1);
    BOOST_TEST(!ask(db, repo::find_notification_request, bob, Id(70)).has_value());

    put(db, repo::accept_filtered_notifications, ann, bob);
    BOOST_TEST(ask(db, repo::notifications_page, ann, usual, noon, Window{}).size() == 2);
    notify(world, db, ann, NotificationKind::reblog, bob, post, noon, true);
    BOOST_TEST(ask(db, repo::find_notification_request, ann, Id(70)).has_value());
    put(db, repo::remove_filtered_notifications, ann, bob);
    BOOST_TEST(ask(db, repo::notifications_page, ann, all, noon, Window{}).size() == 2);
    // Nothing waits any more.
    BOOST_TEST(ask(db, repo::notification_requests_page, ann, Window{}).empty());
    BOOST_TEST(!ask(db, repo::find_notification_request, ann, Id(70)).has_value());
    BOOST_TEST(ask(db, repo::count_filtered, ann).requests == 0);
}

KITH_STORAGE_TEST(a_group_is_alike_in_kind_post_and_time) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cleo = world.person("cleo"), dan = world.person("dan");
    const auto post = world.post(ann), other = world.post(ann);
    notify(world, db, ann, NotificationKind::favourite, bob, post, noon);
    const auto newest = notify(world, db, ann, NotificationKind::favourite, cleo, post, noon + 5);
    notify(world, db, ann, NotificationKind::favourite, dan, post, noon + 100);
    notify(world, db, ann, NotificationKind::favourite, bob, other, noon);
    notify(world, db, ann, NotificationKind::reblog, bob, post, noon);
    notify(world, db, ann, NotificationKind::follow, bob, {}, noon);
    const repo::NotificationGroup likes{NotificationKind::favourite, post, noon, noon + 100};
    BOOST_TEST(ask(db, repo::count_notification_group, ann, likes, noon) == 2);
    const auto one = ask(db, repo::notification_group, ann, likes, noon, 1);
    BOOST_REQUIRE(one.size() == 1);
    BOOST_TEST(one[0].id == newest);
    world.block(ann, bob);
    BOOST_TEST(ask(db, repo::count_notification_group, ann, likes, noon) == 1);
    const repo::NotificationGroup follows{NotificationKind::follow, {}, noon, noon + 100};
    put(db, repo::remove_notification_group, ann, follows);
    put(db, repo::remove_notification_group, ann, likes);
    const repo::NotificationRows all{.kinds = "[0,1,2,3]", .from = {}};
    BOOST_TEST(ask(db, repo::notifications_page, ann, all, noon, Window{}).size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
