// Events beside their posts, and who answers to them.
#include "config/limits/gatherings.hpp"
#include "storage/repo/gatherings.hpp"

#include <array>

#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::Rsvp;
using model::RsvpState;
using model::Gathering;

namespace {

struct Calendar {
    explicit Calendar(sql::Db& database) : db(database), world(database), ann(world.person("ann")), garden(world.group("garden", ann)) {}

    Id event(Id post, TimeMs start, std::optional<std::int64_t> capacity = {}) {
        put(db, repo::put_gathering,
            Gathering{.post_id = post, .starts_at = start, .ends_at = start + hour_ms, .join_mode = model::JoinMode::free, .capacity = capacity});
        return post;
    }
    Id in_garden(TimeMs start) { return event(world.group_post(ann, garden), start); }
    void answer(Id post, Id actor, RsvpState state, std::string join = {}) {
        put(db, repo::put_rsvp,
            Rsvp{.id = world.next_id(), .post_id = post, .actor_id = actor, .state = state, .join_ap_id = std::move(join), .created_at = noon});
    }
    Ids upcoming(repo::UpcomingQuery query, std::optional<Id> viewer = {}) {
        query.now = noon;
        if (!query.group_id && !query.member_id) query.group_id = garden;
        return ask(db, repo::upcoming_gatherings, viewer ? viewer : std::optional(ann), query);
    }
    Gathering gathering(Id post) { return *ask(db, repo::find_gathering, post); }

    sql::Db& db;
    World world;
    Id ann, garden;
};

repo::Window all() { return {.limit = 10}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(repo_gatherings)

KITH_STORAGE_TEST(what_is_known_of_an_event_is_kept_and_replaced) {
    Calendar c(db);
    const auto post = c.world.post(c.ann);
    const Gathering g{.post_id = post,
                      .starts_at = noon,
                      .ends_at = noon + hour_ms,
                      .shows_end = false,
                      .utc_offset_minutes = -210,
                      .time_zone = "America/St_Johns",
                      .place = "Hall",
                      .address = "Street 1",
                      .latitude = 47.5,
                      .longitude = -52.7,
                      .online_url = "https://meet.example/1",
                      .status = model::GatheringStatus::tentative,
                      .join_mode = model::JoinMode::restricted,
                      .participation_url = "mailto:a@b.example",
                      .capacity = 7,
                      .sequence = 2,
                      .organizer = "https://there.example/u/bob"};
    put(db, repo::put_gathering, g);
    const auto kept = c.gathering(post);
    BOOST_TEST((kept.starts_at == g.starts_at && kept.ends_at == g.ends_at && !kept.shows_end && kept.utc_offset_minutes == -210));
    BOOST_TEST((kept.time_zone == g.time_zone && kept.place == g.place && kept.address == g.address && kept.online_url == g.online_url));
    BOOST_TEST((kept.latitude == g.latitude && kept.longitude == g.longitude && kept.status == g.status && kept.join_mode == g.join_mode));
    BOOST_TEST((kept.participation_url == g.participation_url && kept.capacity == 7 && kept.sequence == 2 && kept.organizer == g.organizer));
    BOOST_TEST(put(db, repo::take_seat, post));
    put(db, repo::put_gathering, Gathering{.post_id = post, .place = "Garden"});
    const auto replaced = c.gathering(post);
    BOOST_TEST((replaced.place == "Garden" && !replaced.starts_at && !replaced.latitude && !replaced.capacity));
    BOOST_TEST(replaced.attendees == 1, "who comes stays counted");
    put(db, repo::scrub_post, post, noon);
    BOOST_TEST(!ask(db, repo::find_gathering, post).has_value());
}

KITH_STORAGE_TEST(seats_are_taken_as_far_as_there_are_any) {
    Calendar c(db);
    const auto post = c.event(c.world.post(c.ann), noon, 2);
    BOOST_TEST(put(db, repo::take_seat, post));
    BOOST_TEST(put(db, repo::take_seat, post));
    BOOST_TEST(!put(db, repo::take_seat, post));
    BOOST_TEST(c.gathering(post).attendees == 2);
    put(db, repo::free_seat, post);
    BOOST_TEST(put(db, repo::take_seat, post));
    const auto open = c.event(c.world.post(c.ann), noon);
    for (int i = 0; i < 3; ++i) BOOST_TEST(put(db, repo::take_seat, open));
    put(db, repo::set_attendees, open, std::int64_t(0));
    put(db, repo::free_seat, open);
    BOOST_TEST(c.gathering(open).attendees == 0);
}

KITH_STORAGE_TEST(a_count_is_due_once) {
    Calendar c(db);
    const auto post = c.event(c.world.post(c.ann), noon);
    BOOST_TEST(put(db, repo::raise_count_due, post));
    BOOST_TEST(!put(db, repo::raise_count_due, post));
    put(db, repo::lower_count_due, post);
    BOOST_TEST(put(db, repo::raise_count_due, post));
}

KITH_STORAGE_TEST(one_answer_a_person) {
    Calendar c(db);
    const auto post = c.event(c.world.post(c.ann), noon);
    const auto bob = c.world.person("bob"), cid = c.world.stranger("cid"), dan = c.world.person("dan");
    c.answer(post, bob, RsvpState::asked);
    c.answer(post, cid, RsvpState::going, "https://there.example/join/1");
    c.answer(post, dan, RsvpState::going);
    c.answer(post, bob, RsvpState::going, "https://here.example/join/2");
    BOOST_TEST((ask(db, repo::find_rsvp, post, bob)->state == RsvpState::going));
    BOOST_TEST(ask(db, repo::find_rsvp_by_join, std::string_view("https://there.example/join/1"))->actor_id == cid);
    BOOST_TEST(!ask(db, repo::find_rsvp_by_join, std::string_view("")).has_value());
    const auto page = ask(db, repo::rsvps_page, post, RsvpState::going, all());
    BOOST_REQUIRE(page.size() == 3u);
    BOOST_TEST((page[0].actor_id == bob && page[1].actor_id == dan && page[2].actor_id == cid));
    const auto older = ask(db, repo::rsvps_page, post, RsvpState::going, repo::Window{.below = page[1].id, .limit = 10});
    BOOST_TEST((older.size() == 1 && older[0].actor_id == cid));
    BOOST_TEST(ask(db, repo::count_rsvps, post, RsvpState::going, 2) == 2);
    BOOST_TEST(ask(db, repo::count_rsvps, post, RsvpState::asked, 2) == 0);
    BOOST_TEST((ask(db, repo::local_attendees, post, Id(0), 9) == Ids{bob, dan}));
    BOOST_TEST((ask(db, repo::local_attendees, post, bob, 9) == Ids{dan}));
    c.answer(post, dan, RsvpState::left);
    BOOST_TEST((ask(db, repo::local_attendees, post, Id(0), 9) == Ids{bob}));
    const std::array posts{post};
    const auto mine = ask(db, repo::rsvps_among, dan, std::span<const Id>(posts));
    BOOST_TEST((mine.size() == 1 && mine[0].state == RsvpState::left));
}

KITH_STORAGE_TEST(who_is_gone_gives_the_seat_back) {
    Calendar c(db);
    const auto ours = c.event(c.world.post(c.ann), noon, 1), bob = c.world.person("bob"), cid = c.world.stranger("cid");
    auto draft = c.world.draft(cid);
    draft.local = false;
    const auto theirs = c.event(c.world.store(draft).id, noon);
    for (const auto post : {ours, theirs}) {
        BOOST_TEST(put(db, repo::take_seat, post));
        c.answer(post, bob, RsvpState::going);
    }
    put(db, repo::mark_actor_deleted, bob, noon);
    BOOST_TEST(!ask(db, repo::find_rsvp, ours, bob).has_value());
    BOOST_TEST(c.gathering(ours).attendees == 0);
    BOOST_TEST(c.gathering(theirs).attendees == 1, "its origin counts");
}

KITH_STORAGE_TEST(what_is_not_over_is_listed_by_its_start) {
    Calendar c(db);
    c.in_garden(noon - 2 * hour_ms);                       // over
    const auto third = c.in_garden(noon + day_ms);
    const auto first = c.in_garden(noon - hour_ms / 2);    // goes on
    const auto second = c.in_garden(noon + hour_ms);
    const auto fourth = c.in_garden(noon + day_ms);        // at the same time
    put(db, repo::put_gathering, Gathering{.post_id = c.world.group_post(c.ann, c.garden), .place = "no start"});
    c.event(c.world.post(c.ann), noon + hour_ms);          // in no group
    BOOST_TEST((c.upcoming({}) == Ids{first, second, third, fourth}));
    BOOST_TEST((c.upcoming({.limit = 2}) == Ids{first, second}));
    BOOST_TEST((c.upcoming({.after_id = second, .limit = 1}) == Ids{third}));
    BOOST_TEST((c.upcoming({.after_id = third}) == Ids{fourth}));
    BOOST_TEST(c.upcoming({.after_id = fourth}).empty());
    BOOST_TEST(c.upcoming({.after_id = Id(999'999)}).empty());

    const auto bob = c.world.person("bob");
    BOOST_TEST(c.upcoming({.member_id = bob}, bob).empty());
    c.world.follow(bob, c.garden);
    BOOST_TEST((c.upcoming({.member_id = bob}, bob) == Ids{first, second, third, fourth}));
    c.world.block(c.ann, bob);
    BOOST_TEST(c.upcoming({.member_id = bob}, bob).empty());
}

KITH_STORAGE_TEST(an_event_goes_with_its_post_to_another_group) {
    Calendar c(db);
    const auto kitchen = c.world.group("kitchen", c.ann);
    const auto post = c.in_garden(noon + hour_ms);
    put(db, repo::set_place, post, kitchen);
    BOOST_TEST(c.upcoming({}).empty());
    BOOST_TEST((c.upcoming({.group_id = kitchen}) == Ids{post}));
    put(db, repo::clear_place, post);
    BOOST_TEST(c.upcoming({.group_id = kitchen}).empty());
    put(db, repo::set_post_group, post, c.garden);
    BOOST_TEST((c.upcoming({}) == Ids{post}));
}

BOOST_AUTO_TEST_SUITE_END()
