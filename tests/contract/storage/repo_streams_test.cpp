// What is new, and whom of those who listen it concerns.
#include "storage/repo/streams.hpp"

#include "storage/repo/accounts.hpp"
#include "storage/repo/events.hpp"
#include "storage/repo/filters.hpp"
#include "storage/repo/lists.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/oauth.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/timelines.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <algorithm>

using namespace kith;
using namespace kith::test;
using model::EventKind;

BOOST_AUTO_TEST_SUITE(repo_streams)

namespace {

Ids sorted(Ids ids) {
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::span<const Id> all(const Ids& ids) { return ids; }

}  // namespace

KITH_STORAGE_TEST(news_are_what_came_after_the_last) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto post = world.post(bob);
    BOOST_TEST(ask(db, repo::last_news).event == 0);
    const auto first = world.next_id(), second = world.next_id(), third = world.next_id();
    put(db, repo::append_event,
        model::Event{.id = first, .kind = EventKind::post_created, .actor_id = bob, .post_id = post, .payload = "bytes", .at = noon});
    put(db, repo::append_event,
        model::Event{.id = second, .kind = EventKind::announcement_reacted, .target_id = 5, .payload = "{}", .at = noon});
    put(db, repo::add_notification,
        model::Notification{.id = third, .owner_id = ann, .kind = model::NotificationKind::follow, .from_id = bob, .created_at = noon});
    put(db, repo::add_notification,
        model::Notification{.id = world.next_id(), .owner_id = ann, .kind = model::NotificationKind::mention, .from_id = bob,
                            .post_id = post, .created_at = noon, .filtered = true});
    const auto last = ask(db, repo::last_news);
    BOOST_TEST(last.event == second);
    BOOST_TEST(last.notification > third);
    const auto events = ask(db, repo::events_since, Id(0), 10);
    BOOST_REQUIRE(events.size() == 2);
    BOOST_TEST(events[0].post_id.value_or(0) == post);
    BOOST_TEST(events[0].payload.empty());  // is for the publisher
    BOOST_TEST(events[1].payload == "{}");
    BOOST_TEST(ask(db, repo::events_since, first, 10).size() == 1);
    BOOST_TEST(ask(db, repo::events_since, Id(0), 1).size() == 1);
    const auto told = ask(db, repo::notifications_since, Id(0), 10);
    BOOST_REQUIRE(told.size() == 1);  // what is filtered waits for its owner
    BOOST_TEST(told[0].id == third);
}

KITH_STORAGE_TEST(what_is_only_for_listeners_waits_for_nobody_else) {
    World world(db);
    put(db, repo::append_event,
        model::Event{.id = world.next_id(), .kind = EventKind::filters_changed, .actor_id = world.person("ann"), .at = noon});
    BOOST_TEST(ask(db, repo::open_events, model::Consumer::publisher) == 0);
    BOOST_TEST(ask(db, repo::open_events, model::Consumer::insight) == 0);
    // What has a number after theirs does leave.
    put(db, repo::append_event,
        model::Event{.id = world.next_id(), .kind = EventKind::group_offered, .actor_id = world.person("bob"), .at = noon});
    BOOST_TEST(ask(db, repo::open_events, model::Consumer::publisher) == 1);
}

KITH_STORAGE_TEST(an_entry_concerns_those_who_have_it_or_follow_its_hashtag) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cleo = world.person("cleo");
    const auto post = world.post(bob);
    put(db, repo::add_home_entry, ann, repo::TimelineRow{post, post, {}, {}});
    put(db, repo::add_home_entry, bob, repo::TimelineRow{post, post, {}, {}});
    const Ids listening{ann, cleo};
    BOOST_TEST(ask(db, repo::home_owners, post, post, all(listening)) == Ids{ann});
    world.follow(cleo, bob);
    world.follow(ann, bob, model::FollowState::pending);
    BOOST_TEST(ask(db, repo::followers_among, bob, all(listening)) == Ids{cleo});
    const auto group = world.group("club", bob);
    const auto posted = world.group_post(ann, group);
    const auto entries = ask(db, repo::group_entries_of, posted);
    BOOST_TEST(entries.size() <= 1);
}

KITH_STORAGE_TEST(who_hides_an_actor_is_left_out) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cleo = world.person("cleo"), dan = world.person("dan"),
               eve = world.person("eve");
    const auto far = world.stranger("far", "bad.example");
    world.block(ann, far);
    world.block(far, bob);
    put(db, repo::put_mute, model::Mute{.actor_id = cleo, .target_id = far, .created_at = noon, .expires_at = noon + 10},
        world.next_id());
    put(db, repo::add_own_domain_block, dan, "bad.example", world.next_id());
    const Ids listening{ann, bob, cleo, dan, eve};
    BOOST_TEST(sorted(ask(db, repo::hiding, far, all(listening), noon)) == (Ids{ann, bob, cleo, dan}));
    BOOST_TEST(sorted(ask(db, repo::hiding, far, all(listening), noon + 11)) == (Ids{ann, bob, dan}));
    BOOST_TEST(ask(db, repo::hiding, eve, all(listening), noon).empty());

    put(db, repo::insert_list, model::List{.id = world.next_id(), .owner_id = ann, .title = "l", .exclusive = true});
    const auto list = ask(db, repo::lists_of, ann)[0].id;
    put(db, repo::add_list_member, list, bob, world.next_id());
    BOOST_TEST(ask(db, repo::exclusively_listing, bob, all(listening)) == Ids{ann});
    BOOST_TEST(ask(db, repo::exclusively_listing, cleo, all(listening)).empty());

    put(db, repo::insert_filter, model::Filter{.id = world.next_id(), .owner_id = eve, .title = "f", .contexts = 1, .keywords = {}, .posts = {}});
    BOOST_TEST(ask(db, repo::with_filters, all(listening)) == Ids{eve});
}

BOOST_AUTO_TEST_SUITE_END()
