#include "storage/repo/timelines.hpp"

#include "storage/repo/accounts.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <algorithm>
#include <functional>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::FollowState;
using model::Visibility;
using repo::FanOut;
using repo::Origin;
using repo::TimelineRow;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_timelines)

namespace {

using Read = std::function<std::vector<TimelineRow>(const Window&)>;

Ids ids_of(const std::vector<TimelineRow>& rows) {
    Ids out;
    for (const auto& row : rows) out.push_back(row.id);
    return out;
}

Ids newest_first(Ids ids) {
    std::sort(ids.rbegin(), ids.rend());
    return ids;
}

// Pages of `limit` from the top to the end, and from the bottom up: both must give `expected`.
void check_pages(const Read& read, const Ids& expected, int limit) {
    Ids down, up;
    Window w{.limit = limit};
    for (auto rows = read(w); !rows.empty(); rows = read(w)) {
        BOOST_REQUIRE(down.size() <= expected.size());
        for (const auto& row : rows) down.push_back(row.id);
        w.below = rows.back().id;
    }
    BOOST_TEST(down == expected, per_element());
    w = {.ascending = true, .limit = limit};
    for (auto rows = read(w); !rows.empty(); rows = read(w)) {
        BOOST_REQUIRE(up.size() <= expected.size());
        const auto page = ids_of(rows);
        up.insert(up.begin(), page.begin(), page.end());
        w.above = rows.front().id;
    }
    BOOST_TEST(up == expected, per_element());
    // since_id: the newest above a bound, not those next to it.
    if (expected.size() > 2 && limit >= 2)
        BOOST_TEST(ids_of(read({.above = expected.back(), .limit = 2})) ==
                       Ids(expected.begin(), expected.begin() + 2),
                   per_element());
}

Ids home(sql::Db& db, Id owner) { return ids_of(ask(db, repo::home_page, owner, Window{})); }

FanOut of_post(const model::Post& p) {
    return {.entry_id = p.id,
            .post_id = p.id,
            .author_id = p.actor_id,
            .parent_author_id = p.in_reply_to_actor_id,
            .audience_only = p.visibility == Visibility::direct};
}

void fan_out_all(sql::Db& db, const FanOut& f) {
    BOOST_TEST(!put(db, repo::fan_out, f, Id{0}, 1000));
}

void add_media(sql::Db& db, World& world, Id post) {
    put(db, repo::add_attachment, post, 0, model::Attachment{.id = world.next_id()});
}

void tag(sql::Db& db, Id post, Id tag_id, const char* name) {
    put(db, repo::add_tag, post, put(db, repo::tag_id, tag_id, name, name));
}

}  // namespace

KITH_STORAGE_TEST(a_home_has_the_languages_that_a_follow_is_for) {
    World world(db);
    const auto star = world.person("star"), ann = world.person("ann"), bob = world.person("bob");
    const std::vector<std::string> german{"de", "gsw"};
    put(db, repo::set_follow_languages, world.follow(ann, star).id, std::span<const std::string>(german));
    world.follow(bob, star);
    Ids wanted, all;
    for (const auto* language : {"de", "fr", "GSW", "", "en"}) {
        auto p = world.draft(star);
        p.language = language;
        world.store(p);
        auto f = of_post(p);
        f.language = p.language;
        fan_out_all(db, f);
        all.insert(all.begin(), p.id);
        if (p.language != "fr" && p.language != "en") wanted.insert(wanted.begin(), p.id);
    }
    BOOST_TEST(home(db, ann) == wanted, per_element());
    BOOST_TEST(home(db, bob) == all, per_element());
    BOOST_TEST(ids_of(ask(db, repo::home_by_pull, ann, Window{})) == wanted, per_element());
    BOOST_TEST(ids_of(ask(db, repo::home_by_pull, bob, Window{})) == all, per_element());
}

KITH_STORAGE_TEST(letters_of_both_directions_are_one_page) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cy = world.person("cy");
    const auto sent = world.post(ann, Visibility::direct), received = world.post(bob, Visibility::direct),
               strange = world.post(bob, Visibility::direct), open = world.post(bob);
    put(db, repo::add_audience, sent, bob);
    put(db, repo::add_audience, received, ann);
    put(db, repo::add_audience, strange, cy);
    put(db, repo::add_audience, open, ann);
    const auto page = [&](Id owner, const Window& w) { return ids_of(ask(db, repo::direct_page, owner, w)); };
    BOOST_TEST(page(ann, {}) == (Ids{received, sent}), per_element());
    BOOST_TEST(page(bob, {}) == (Ids{strange, received, sent}), per_element());
    BOOST_TEST(page(bob, {.below = strange, .limit = 1}) == Ids{received}, per_element());
    BOOST_TEST(page(bob, {.above = sent, .ascending = true, .limit = 1}) == Ids{received}, per_element());
    BOOST_TEST(page(cy, {}) == Ids{strange}, per_element());
}

KITH_STORAGE_TEST(fan_out_in_pieces_reaches_each_follower_once) {
    World world(db);
    const auto star = world.person("star");
    Ids fans;
    for (const auto* name : {"a", "b", "c", "d", "e"}) {
        fans.push_back(world.person(name));
        world.follow(fans.back(), star);
    }
    const auto pending = world.person("pending");
    world.follow(pending, star, FollowState::pending);
    world.follow(world.stranger("remote"), star);
    const auto p = world.post_row(world.post(star));

    std::optional<Id> after = 0;
    int pieces = 0;
    for (; after; ++pieces) after = put(db, repo::fan_out, of_post(p), *after, 2);
    BOOST_TEST(pieces == 3);
    for (const auto fan : fans) BOOST_TEST(home(db, fan) == Ids{p.id}, per_element());
    BOOST_TEST(home(db, pending).empty());
    fan_out_all(db, of_post(p));  // a repeated piece does no harm
    BOOST_TEST(home(db, fans[0]) == Ids{p.id}, per_element());
}

KITH_STORAGE_TEST(fan_out_passes_over_who_was_away) {
    World world(db);
    const auto star = world.person("star"), present = world.person("present"),
               away = world.person("away");
    world.follow(present, star);
    world.follow(away, star);
    put(db, repo::set_last_seen, world.account_of(present), noon + 100);
    auto f = of_post(world.post_row(world.post(star)));
    f.seen_since = noon + 50;
    fan_out_all(db, f);
    BOOST_TEST(home(db, present).size() == 1u);
    BOOST_TEST(home(db, away).empty());
}

KITH_STORAGE_TEST(a_reply_goes_to_those_who_follow_both) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), both = world.person("both"),
               only_ann = world.person("only"), asked_bob = world.person("asked");
    world.follow(both, ann);
    world.follow(both, bob);
    world.follow(only_ann, ann);
    world.follow(asked_bob, ann);
    world.follow(asked_bob, bob, FollowState::pending);
    world.follow(bob, ann);
    const auto to_bob = world.post_row(world.reply(ann, world.post(bob)));
    fan_out_all(db, of_post(to_bob));
    BOOST_TEST(home(db, both) == Ids{to_bob.id}, per_element());
    BOOST_TEST(home(db, bob) == Ids{to_bob.id}, per_element());  // whom it answers
    BOOST_TEST(home(db, only_ann).empty());
    BOOST_TEST(home(db, asked_bob).empty());
    const auto to_herself = world.post_row(world.reply(ann, to_bob.id));
    fan_out_all(db, of_post(to_herself));
    BOOST_TEST(home(db, only_ann) == Ids{to_herself.id}, per_element());
}

KITH_STORAGE_TEST(boosts_and_direct_posts_go_only_where_they_are_wanted) {
    World world(db);
    const auto ann = world.person("ann"), fan = world.person("fan"),
               no_boosts = world.person("noboosts");
    world.follow(fan, ann);
    put(db, repo::set_follow_options, world.follow(no_boosts, ann).id, false, false);
    const auto boost = world.boost(ann, world.post(fan));
    fan_out_all(
        db,
        {.entry_id = boost.id, .post_id = boost.post_id, .boost_id = boost.id, .author_id = ann});
    BOOST_TEST(home(db, fan) == Ids{boost.id}, per_element());
    BOOST_TEST(home(db, no_boosts).empty());

    const auto direct = world.post_row(world.post(ann, Visibility::direct));
    put(db, repo::add_audience, direct.id, no_boosts);
    fan_out_all(db, of_post(direct));
    BOOST_TEST(home(db, fan) == Ids{boost.id}, per_element());
    BOOST_TEST(home(db, no_boosts) == Ids{direct.id}, per_element());
}

KITH_STORAGE_TEST(home_rows_are_read_in_both_directions) {
    World world(db);
    const auto ann = world.person("ann");
    Ids all;
    for (int i = 0; i < 7; ++i) {
        const auto post = world.post(ann);
        put(db, repo::add_home_entry, ann, TimelineRow{.id = post, .post_id = post});
        all.push_back(post);
    }
    const auto boost = world.boost(ann, all[0]);
    put(db, repo::add_home_entry, ann,
        TimelineRow{.id = boost.id, .post_id = all[0], .boost_id = boost.id});
    all.push_back(boost.id);
    const auto rows = ask(db, repo::home_page, ann, Window{.limit = 1});
    BOOST_TEST(rows[0].boost_id.value() == boost.id);
    BOOST_TEST(rows[0].post_id == all[0]);
    BOOST_TEST(!rows[0].group_id);
    const Read read = [&](const Window& w) { return ask(db, repo::home_page, ann, w); };
    check_pages(read, newest_first(all), 3);
    check_pages(read, newest_first(all), 1);
    check_pages(read, newest_first(all), 8);
}

KITH_STORAGE_TEST(a_home_is_trimmed_and_cleared) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    Ids posts;
    for (int i = 0; i < 6; ++i) {
        posts.push_back(world.post(ann));
        for (const auto owner : {ann, bob})
            put(db, repo::add_home_entry, owner,
                TimelineRow{.id = posts.back(), .post_id = posts.back()});
    }
    BOOST_TEST(ask(db, repo::long_homes, 6, 10).empty());
    BOOST_TEST(ask(db, repo::long_homes, 5, 10).size() == 2u);
    put(db, repo::trim_home, ann, 2);
    BOOST_TEST(home(db, ann) == (Ids{posts[5], posts[4]}), per_element());
    put(db, repo::trim_home, ann, 5);
    BOOST_TEST(home(db, ann).size() == 2u);
    BOOST_TEST(ask(db, repo::long_homes, 5, 10) == Ids{bob}, per_element());
    put(db, repo::clear_home, bob);
    BOOST_TEST(home(db, bob).empty());
    BOOST_TEST(home(db, ann).size() == 2u);
}

KITH_STORAGE_TEST(unfollowing_takes_away_what_came_from_that_author) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), eve = world.person("eve");
    const auto bobs = world.post(bob), eves = world.post(eve);
    const auto bob_boosts = world.boost(bob, eves), eve_boosts = world.boost(eve, bobs);
    put(db, repo::add_home_entry, ann, TimelineRow{.id = bobs, .post_id = bobs});
    put(db, repo::add_home_entry, ann, TimelineRow{.id = eves, .post_id = eves});
    for (const auto& b : {bob_boosts, eve_boosts})
        put(db, repo::add_home_entry, ann,
            TimelineRow{.id = b.id, .post_id = b.post_id, .boost_id = b.id});
    put(db, repo::remove_home_entries_from, ann, bob);
    BOOST_TEST(home(db, ann) == newest_first({eves, eve_boosts.id}), per_element());
}

KITH_STORAGE_TEST(home_by_pull_gives_what_fan_out_would_have_given) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), eve = world.person("eve"),
               muffled = world.person("muffled"), group = world.group("group", bob);
    world.follow(ann, bob);
    put(db, repo::set_follow_options, world.follow(ann, muffled).id, false, false);
    Ids shown{world.post(ann), world.post(bob), world.post(bob, Visibility::followers)};
    shown.push_back(world.reply(bob, shown[0]));  // answers the owner
    shown.push_back(world.reply(bob, shown[1]));  // answers himself
    const auto to_ann = world.post(bob, Visibility::direct);
    put(db, repo::add_audience, to_ann, ann);
    shown.push_back(to_ann);
    const auto eves = world.post(eve);
    shown.push_back(world.boost(bob, eves).id);
    // And what it would not:
    world.reply(bob, eves);
    world.boost(muffled, eves);
    world.post(bob, Visibility::direct);
    world.group_post(bob, group);
    put(db, repo::scrub_post, world.post(bob), noon);
    auto comment = world.draft(bob);
    comment.group_id = group;
    comment.in_reply_to_id = shown[1];
    comment.in_reply_to_actor_id = bob;
    world.store(comment);

    const Read read = [&](const Window& w) { return ask(db, repo::home_by_pull, ann, w); };
    check_pages(read, newest_first(shown), 2);
    check_pages(read, newest_first(shown), 20);
}

KITH_STORAGE_TEST(a_group_shows_its_entries) {
    World world(db);
    const auto ann = world.person("ann"), group = world.group("group", ann),
               other = world.group("other", ann);
    Ids entries;
    for (int i = 0; i < 5; ++i) {
        const auto post = world.group_post(ann, group);
        entries.push_back(world.next_id());
        put(db, repo::add_group_entry, repo::GroupEntry{entries.back(), group, post, "announce"});
    }
    put(db, repo::add_group_entry,
        repo::GroupEntry{world.next_id(), other, world.group_post(ann, other), "announce"});
    const auto rows = ask(db, repo::group_page, group, Window{.limit = 1});
    BOOST_TEST(rows[0].group_id.value() == group);
    BOOST_TEST(rows[0].post_id == entries.back() - 1);
    const Read read = [&](const Window& w) { return ask(db, repo::group_page, group, w); };
    check_pages(read, newest_first(entries), 2);
}

KITH_STORAGE_TEST(the_public_page_has_only_public_first_posts) {
    World world(db);
    const auto ann = world.person("ann"), far = world.stranger("far"), foe = world.person("foe");
    const auto one = world.post(ann), two = world.post(far), three = world.post(ann);
    world.post(ann, Visibility::unlisted);
    world.post(ann, Visibility::followers);
    world.reply(ann, one);
    auto orphan = world.draft(far);
    orphan.in_reply_to_ap_id = "https://there.example/missing";
    world.store(orphan);
    put(db, repo::scrub_post, world.post(ann), noon);
    add_media(db, world, three);

    auto page = [&](std::optional<Id> viewer, Origin origin, bool media) {
        return Read([&db, viewer, origin, media](const Window& w) {
            return ask(db, repo::public_page, viewer, origin, media, w);
        });
    };
    check_pages(page({}, Origin::any, false), {three, two, one}, 2);
    check_pages(page({}, Origin::local, false), {three, one}, 1);
    check_pages(page({}, Origin::remote, false), {two}, 2);
    check_pages(page({}, Origin::any, true), {three}, 2);
    world.block(ann, foe);
    check_pages(page(foe, Origin::any, false), {two}, 2);
}

KITH_STORAGE_TEST(a_tag_page_has_public_posts_with_the_tag) {
    World world(db);
    const auto ann = world.person("ann"), far = world.stranger("far");
    const auto one = world.post(ann), two = world.post(far), reply = world.reply(ann, one),
               hidden = world.post(ann, Visibility::unlisted);
    const Id cats = 9000, dogs = 9001;
    for (const auto post : {one, two, reply, hidden}) tag(db, post, cats, "cats");
    tag(db, world.post(ann), dogs, "dogs");
    add_media(db, world, two);
    auto page = [&](Origin origin, bool media) {
        return Read([&db, origin, media, cats](const Window& w) {
            return ask(db, repo::tag_page, std::optional<Id>(), cats, origin, media, w);
        });
    };
    check_pages(page(Origin::any, false), {reply, two, one}, 2);
    check_pages(page(Origin::local, false), {reply, one}, 1);
    check_pages(page(Origin::remote, false), {two}, 1);
    check_pages(page(Origin::any, true), {two}, 1);
}

KITH_STORAGE_TEST(an_account_shows_posts_and_boosts_as_far_as_the_viewer_may_see) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), fan = world.person("fan");
    world.follow(fan, ann);
    const auto bobs = world.post(bob), first = world.post(ann),
               for_fans = world.post(ann, Visibility::followers), to_bob = world.reply(ann, bobs),
               to_self = world.reply(ann, first);
    const auto boost = world.boost(ann, bobs);
    auto quiet = world.post(bob, Visibility::followers);
    world.follow(ann, bob);
    world.boost(ann, quiet);  // nobody else may see what it shows
    tag(db, first, 9000, "cats");
    add_media(db, world, to_self);
    auto page = [&](std::optional<Id> viewer, repo::AccountPageFilter filter) {
        return Read([&db, viewer, filter, ann](const Window& w) {
            return ask(db, repo::account_page, viewer, ann, filter, w);
        });
    };
    check_pages(page({}, {}), {boost.id, to_self, to_bob, first}, 2);
    check_pages(page(fan, {}), {boost.id, to_self, to_bob, for_fans, first}, 2);
    check_pages(page({}, {.exclude_boosts = true}), {to_self, to_bob, first}, 2);
    check_pages(page({}, {.exclude_replies = true}), {boost.id, to_self, first}, 2);
    check_pages(page({}, {.only_media = true}), {to_self}, 2);
    check_pages(page({}, {.tag = 9000}), {first}, 2);
}

BOOST_AUTO_TEST_SUITE_END()
