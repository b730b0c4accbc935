#include "base/core/thread.hpp"
#include "storage/repo/events.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <algorithm>
#include <future>
#include <mutex>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::Consumer;
using model::Event;
using model::EventKind;
using model::NotificationKind;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_queues)

namespace {

Event event(Id id, EventKind kind = EventKind::post_created) {
    return {.id = id,
            .kind = kind,
            .actor_id = 7,
            .group_id = 5,
            .object_ap_id = "object",
            .payload = "{}",
            .at = noon + id};
}

Ids ids_of(const std::vector<repo::ClaimedEvent>& events) {
    Ids out;
    for (const auto& e : events) out.push_back(e.event.id);
    return out;
}

Ids claim(sql::Db& db, Consumer consumer, TimeMs now, int limit = 10) {
    return ids_of(put(db, repo::claim_events, consumer, now, now + 100, limit));
}

model::Job job(Id id, const char* kind, TimeMs not_before) {
    return {.id = id, .kind = kind, .payload = "{}", .not_before = not_before, .created_at = noon};
}

// Two threads that claim at the same time until there is nothing left; what each got.
template <class Claim>
Ids claimed_by_two(Claim claim_some) {
    std::mutex mutex;
    Ids all;
    {
        std::vector<Thread> threads;
        for (int i = 0; i < 2; ++i)
            threads.emplace_back("claimer", [&] {
                for (Ids some = claim_some(); !some.empty(); some = claim_some()) {
                    std::lock_guard lock(mutex);
                    all.insert(all.end(), some.begin(), some.end());
                }
            });
    }
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

KITH_STORAGE_TEST(an_event_waits_for_those_whom_it_concerns) {
    World world(db);
    auto waits = [&](const Event& e) {
        put(db, repo::append_event, e);
        const bool publisher = claim(db, Consumer::publisher, noon) == Ids{e.id};
        const bool insight = claim(db, Consumer::insight, noon) == Ids{e.id};
        put(db, repo::finish_event, Consumer::publisher, e.id);
        put(db, repo::finish_event, Consumer::insight, e.id);
        return std::pair(publisher, insight);
    };
    BOOST_TEST((waits(event(1)) == std::pair(true, true)));
    auto received = event(2);
    received.local = false;
    BOOST_TEST((waits(received) == std::pair(false, true)));
    auto private_matter = event(3, EventKind::follow_requested);
    private_matter.group_id = {};
    BOOST_TEST((waits(private_matter) == std::pair(true, false)));
    BOOST_TEST((waits(event(4, EventKind::member_joined)) == std::pair(false, true)));
    auto relayed = event(5, EventKind::group_relayed);
    relayed.local = false;
    BOOST_TEST((waits(relayed) == std::pair(true, false)));
    auto left_for_good = event(6, EventKind::actor_deleted);
    left_for_good.group_id = {};
    BOOST_TEST((waits(left_for_good) == std::pair(true, true)));
}

KITH_STORAGE_TEST(a_claimed_event_is_leased_until_finished_postponed_or_released) {
    World world(db);
    auto full = event(1, EventKind::reaction_added);
    full.post_id = 8;
    full.target_id = 9;
    put(db, repo::append_event, full);
    put(db, repo::append_event, event(3));
    put(db, repo::append_event, event(2));
    const auto first = put(db, repo::claim_events, Consumer::publisher, noon, noon + 100, 1);
    BOOST_REQUIRE(first.size() == 1u);
    const auto& e = first[0].event;
    BOOST_TEST(first[0].attempts == 1);
    BOOST_TEST((e.kind == EventKind::reaction_added));
    BOOST_TEST(e.actor_id == 7);
    BOOST_TEST(e.local);
    BOOST_TEST(e.post_id.value() == 8);
    BOOST_TEST(e.target_id.value() == 9);
    BOOST_TEST(e.group_id.value() == 5);
    BOOST_TEST(e.object_ap_id == "object");
    BOOST_TEST(e.payload == "{}");
    BOOST_TEST(e.at == noon + 1);

    BOOST_TEST(claim(db, Consumer::publisher, noon) == (Ids{2, 3}), per_element());
    BOOST_TEST(claim(db, Consumer::publisher, noon + 99).empty());
    BOOST_TEST(claim(db, Consumer::insight, noon) == (Ids{1, 2, 3}), per_element());
    put(db, repo::finish_event, Consumer::publisher, Id{2});
    put(db, repo::postpone_event, Consumer::publisher, Id{3}, noon + 500);
    const auto again = put(db, repo::claim_events, Consumer::publisher, noon + 100, noon + 200, 10);
    BOOST_TEST(ids_of(again) == Ids{1}, per_element());
    BOOST_TEST(again[0].attempts == 2);
    BOOST_TEST(ask(db, repo::open_events, Consumer::publisher) == 2);
    put(db, repo::release_events, Consumer::publisher);
    BOOST_TEST(claim(db, Consumer::publisher, noon + 100) == (Ids{1, 3}), per_element());
    BOOST_TEST(claim(db, Consumer::insight, noon + 99).empty());  // its own leases stand
}

KITH_STORAGE_TEST(old_events_go_when_nobody_waits_for_them) {
    World world(db);
    for (Id id = 1; id <= 4; ++id) put(db, repo::append_event, event(id));
    for (Id id : {1, 2, 4})
        for (auto consumer : {Consumer::publisher, Consumer::insight})
            put(db, repo::finish_event, consumer, id);
    put(db, repo::finish_event, Consumer::insight, Id{3});
    BOOST_TEST(put(db, repo::trim_events, noon + 4, 1) == 1);
    BOOST_TEST(put(db, repo::trim_events, noon + 4, 10) == 1);  // 4 is too young, 3 is awaited
    BOOST_TEST(query_integer(db, "SELECT COUNT(*) FROM event") == 2);
}

KITH_STORAGE_TEST(an_event_waits_for_earlier_ones_of_its_post_that_are_leased) {
    World world(db);
    const auto of_post = [](Id id, Id post) {
        auto e = event(id);
        e.post_id = post;
        return e;
    };
    put(db, repo::append_event, of_post(1, 70));
    BOOST_TEST((claim(db, Consumer::publisher, noon) == Ids{1}));
    put(db, repo::append_event, of_post(2, 70));
    put(db, repo::append_event, of_post(3, 71));
    put(db, repo::append_event, event(4));
    // Another consumer's lease is no reason to wait.
    BOOST_TEST((claim(db, Consumer::insight, noon) == Ids{1, 2, 3, 4}));
    BOOST_TEST((claim(db, Consumer::publisher, noon + 1) == Ids{3, 4}));
    BOOST_TEST((claim(db, Consumer::publisher, noon + 2) == Ids{}));
    BOOST_TEST((claim(db, Consumer::publisher, noon + 100) == Ids{1, 2}));  // the lease is over
    put(db, repo::postpone_event, Consumer::publisher, Id{1}, noon + 500);
    BOOST_TEST((claim(db, Consumer::publisher, noon + 300) == Ids{3, 4}));
    put(db, repo::finish_event, Consumer::publisher, Id{1});
    BOOST_TEST((claim(db, Consumer::publisher, noon + 300) == Ids{2}));
}

KITH_STORAGE_TEST(two_claimers_never_get_the_same_event) {
    World world(db);
    constexpr int count = 60;
    Ids expected;
    for (Id id = 1; id <= count; ++id) {
        put(db, repo::append_event, event(id));
        expected.push_back(id);
    }
    const auto all = claimed_by_two([&] { return claim(db, Consumer::publisher, noon, 7); });
    BOOST_TEST(all == expected, per_element());
}

KITH_STORAGE_TEST(jobs_are_claimed_when_due_oldest_first) {
    World world(db);
    put(db, repo::add_job, job(1, "later", noon + 50));
    put(db, repo::add_job, job(2, "now", noon));
    auto claim_at = [&](TimeMs now) { return put(db, repo::claim_job, now, now + 100); };
    BOOST_TEST(!claim_at(noon - 1));
    const auto first = claim_at(noon + 60).value();
    BOOST_TEST(first.id == 2);
    BOOST_TEST(first.kind == "now");
    BOOST_TEST(first.payload == "{}");
    BOOST_TEST(first.attempts == 1);
    BOOST_TEST(first.created_at == noon);
    BOOST_TEST(claim_at(noon + 60).value().id == 1);
    BOOST_TEST(!claim_at(noon + 60));
    BOOST_TEST(claim_at(noon + 160).value().attempts == 2);  // its lease ran out

    put(db, repo::retry_job, Id{2}, "no luck", noon + 300);
    put(db, repo::finish_job, Id{1});
    BOOST_TEST(!claim_at(noon + 299));
    BOOST_TEST(claim_at(noon + 300).value().attempts == 3);
    put(db, repo::set_job_payload, Id{2}, R"({"piece":2})", noon + 310);
    const auto next = claim_at(noon + 310).value();
    BOOST_TEST(next.payload == R"({"piece":2})");
    BOOST_TEST(next.attempts == 1);
    BOOST_TEST(!claim_at(noon + 311));
    put(db, repo::release_jobs);
    BOOST_TEST(claim_at(noon + 311).value().id == 2);
}

KITH_STORAGE_TEST(a_timed_job_waits_once) {
    World world(db);
    put(db, repo::ensure_job, job(1, "trim", noon));
    put(db, repo::ensure_job, job(2, "trim", noon));
    put(db, repo::ensure_job, job(3, "other", noon));
    BOOST_TEST(query_integer(db, "SELECT COUNT(*) FROM job") == 2);
}

KITH_STORAGE_TEST(two_claimers_never_get_the_same_job) {
    World world(db);
    Ids expected;
    for (Id id = 1; id <= 30; ++id) {
        put(db, repo::add_job, job(id, "work", noon));
        expected.push_back(id);
    }
    const auto all = claimed_by_two([&] {
        const auto claimed = put(db, repo::claim_job, noon, noon + 100);
        return claimed ? Ids{claimed->id} : Ids{};
    });
    BOOST_TEST(all == expected, per_element());
}

namespace {

// Notifications of one owner, about one post of hers.
struct Bell {
    explicit Bell(sql::Db& d)
        : db(d),
          world(d),
          ann(world.person("ann")),
          bob(world.person("bob")),
          eve(world.stranger("eve")),
          post(world.post(ann)) {}

    Id ring(NotificationKind kind, Id from, std::optional<Id> about) {
        const model::Notification n{world.next_id(), ann, kind, from, about, noon};
        return put(db, repo::add_notification, n) ? n.id : 0;
    }
    Ids page(const char* kinds, std::optional<Id> from, TimeMs now, Window w = {}) {
        Ids out;
        for (const auto& n : ask(db, repo::notifications_page, ann,
                                 repo::NotificationRows{.kinds = kinds, .from = from}, now, w))
            out.push_back(n.id);
        return out;
    }

    sql::Db& db;
    World world;
    Id ann, bob, eve, post;
};

constexpr const char* all_kinds = "[0,1,2,3,4,5,6,7]";

}  // namespace

KITH_STORAGE_TEST(a_notification_is_given_once_and_taken_back) {
    Bell bell(db);
    const auto liked = bell.ring(NotificationKind::favourite, bell.bob, bell.post);
    BOOST_TEST(liked != 0);
    BOOST_TEST(bell.ring(NotificationKind::favourite, bell.bob, bell.post) == 0);
    const auto follow = bell.ring(NotificationKind::follow, bell.bob, {});
    const auto again = bell.ring(NotificationKind::follow, bell.bob, {});  // the newer one stays
    BOOST_TEST(!ask(db, repo::find_notification, bell.ann, follow));
    const auto found = ask(db, repo::find_notification, bell.ann, liked).value();
    BOOST_TEST((found.kind == NotificationKind::favourite));
    BOOST_TEST(found.from_id == bell.bob);
    BOOST_TEST(found.post_id.value() == bell.post);
    BOOST_TEST(found.created_at == noon);
    BOOST_TEST(!ask(db, repo::find_notification, bell.bob, liked));

    BOOST_TEST(bell.page(all_kinds, {}, noon) == (Ids{again, liked}), per_element());
    put(db, repo::withdraw_notification, bell.ann, NotificationKind::follow, bell.bob,
        std::optional<Id>());
    BOOST_TEST(bell.page(all_kinds, {}, noon) == Ids{liked}, per_element());
    put(db, repo::withdraw_notification, bell.ann, NotificationKind::favourite, bell.bob,
        std::optional<Id>(bell.post));
    BOOST_TEST(bell.page(all_kinds, {}, noon).empty());
}

KITH_STORAGE_TEST(notifications_are_chosen_by_kind_sender_and_window) {
    Bell bell(db);
    const auto a = bell.ring(NotificationKind::favourite, bell.bob, bell.post),
               b = bell.ring(NotificationKind::reblog, bell.bob, bell.post),
               c = bell.ring(NotificationKind::favourite, bell.eve, bell.post),
               d = bell.ring(NotificationKind::follow, bell.eve, {});
    BOOST_TEST(bell.page(all_kinds, {}, noon) == (Ids{d, c, b, a}), per_element());
    BOOST_TEST(bell.page("[2]", {}, noon) == (Ids{c, a}), per_element());
    BOOST_TEST(bell.page(all_kinds, bell.bob, noon) == (Ids{b, a}), per_element());
    BOOST_TEST(bell.page(all_kinds, {}, noon, {.below = c, .limit = 1}) == Ids{b}, per_element());
    BOOST_TEST(
        bell.page(all_kinds, {}, noon, {.above = a, .ascending = true, .limit = 2}) == (Ids{c, b}),
        per_element());
    BOOST_TEST(!put(db, repo::remove_notification, bell.bob, b));  // it is ann's
    BOOST_TEST(put(db, repo::remove_notification, bell.ann, b));
    put(db, repo::withdraw_notifications_between, bell.ann, bell.eve);
    BOOST_TEST(bell.page(all_kinds, {}, noon) == Ids{a}, per_element());
    put(db, repo::clear_notifications, bell.bob);
    BOOST_TEST(bell.page(all_kinds, {}, noon) == Ids{a}, per_element());
    put(db, repo::clear_notifications, bell.ann);
    BOOST_TEST(bell.page(all_kinds, {}, noon).empty());
}

KITH_STORAGE_TEST(blocks_and_mutes_hide_notifications_as_long_as_they_last) {
    Bell bell(db);
    const auto liked = bell.ring(NotificationKind::favourite, bell.bob, bell.post);
    bell.ring(NotificationKind::favourite, bell.eve, bell.post);
    bell.world.block(bell.ann, bell.eve);
    BOOST_TEST(bell.page(all_kinds, {}, noon) == Ids{liked}, per_element());
    put(db, repo::put_mute, model::Mute{bell.ann, bell.bob, false, noon, {}}, Id{900});
    BOOST_TEST(bell.page(all_kinds, {}, noon) == Ids{liked}, per_element());
    put(db, repo::put_mute, model::Mute{bell.ann, bell.bob, true, noon, noon + 10}, Id{901});
    BOOST_TEST(bell.page(all_kinds, {}, noon).empty());
    BOOST_TEST(bell.page(all_kinds, {}, noon + 10) == Ids{liked}, per_element());
}

BOOST_AUTO_TEST_SUITE_END()
