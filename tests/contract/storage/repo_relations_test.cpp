#include "storage/repo/domains.hpp"
#include "storage/repo/relations.hpp"

#include "base/core/thread.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <algorithm>
#include <atomic>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::FollowState;
using model::ReactionKind;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_relations)

namespace {

Ids actors_of(const std::vector<repo::FollowRow>& rows) {
    Ids out;
    for (const auto& row : rows) out.push_back(row.actor.id);
    return out;
}

Ids sorted(Ids ids) {
    std::sort(ids.begin(), ids.end());
    return ids;
}

void check_counts(World& world, Id follower, Id followed, std::int64_t expected) {
    BOOST_TEST(world.actor(follower).following_count == expected);
    BOOST_TEST(world.actor(followed).followers_count == expected);
}

model::Reaction reaction(Id actor, Id post, ReactionKind kind) {
    return {actor, post, kind,
            (kind == ReactionKind::like ? "like" : "dislike") + std::to_string(actor), noon};
}

// `count` threads, each running `work(its number)` on the database at the same time.
template <class Work>
void at_once(int count, Work work) {
    std::atomic<int> failures{0};
    {
        std::vector<Thread> threads;
        for (int i = 0; i < count; ++i)
            threads.emplace_back("test", [&, i] { failures += !work(i); });
    }
    BOOST_TEST(failures == 0);
}

}  // namespace

KITH_STORAGE_TEST(a_follow_counts_while_it_is_accepted) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto f = world.follow(ann, bob, FollowState::pending);
    check_counts(world, ann, bob, 0);
    BOOST_TEST(!put(db, repo::add_follow, f));

    BOOST_TEST(put(db, repo::accept_follow, f, noon + 1));
    BOOST_TEST(!put(db, repo::accept_follow, f, noon + 2));
    check_counts(world, ann, bob, 1);
    put(db, repo::set_follow_options, f.id, false, true);
    put(db, repo::set_follow_ap_id, f.id, "https://new.example/follow");
    const auto found = ask(db, repo::find_follow, ann, bob).value();
    BOOST_TEST(found.id == f.id);
    BOOST_TEST((found.state == FollowState::accepted));
    BOOST_TEST(found.accepted_at.value() == noon + 1);
    BOOST_TEST(!found.show_boosts);
    BOOST_TEST(found.notify);
    BOOST_TEST(found.languages.empty());
    const std::vector<std::string> languages{"de", "zh-tw"};
    put(db, repo::set_follow_languages, f.id, std::span<const std::string>(languages));
    BOOST_TEST(ask(db, repo::find_follow, ann, bob)->languages == languages, per_element());
    put(db, repo::set_follow_languages, f.id, std::span<const std::string>());
    BOOST_TEST(ask(db, repo::find_follow, ann, bob)->languages.empty());
    BOOST_TEST(ask(db, repo::find_follow_by_ap_id, "https://new.example/follow").value().id ==
               f.id);
    BOOST_TEST(!ask(db, repo::find_follow, bob, ann));

    BOOST_TEST(put(db, repo::remove_follow, f));
    BOOST_TEST(!put(db, repo::remove_follow, f));
    check_counts(world, ann, bob, 0);
    world.follow(ann, bob);
    check_counts(world, ann, bob, 1);
    BOOST_TEST(!put(db, repo::add_follow, f));
    check_counts(world, ann, bob, 1);
}

KITH_STORAGE_TEST(a_pending_follow_that_goes_counts_nothing) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    BOOST_TEST(put(db, repo::remove_follow, world.follow(ann, bob, FollowState::pending)));
    check_counts(world, ann, bob, 0);
}

KITH_STORAGE_TEST(followers_are_read_in_both_directions_without_gap_or_repeat) {
    World world(db);
    const auto star = world.person("star");
    Ids fans;
    for (const auto* name : {"a", "b", "c", "d", "e", "f", "g"}) {
        fans.push_back(world.person(name));
        world.follow(fans.back(), star);
    }
    world.follow(world.person("later"), star, FollowState::pending);
    const Ids newest_first(fans.rbegin(), fans.rend());

    Ids down, up;
    Window w{.limit = 3};
    for (auto rows = ask(db, repo::followers_page, star, FollowState::accepted, w); !rows.empty();
         rows = ask(db, repo::followers_page, star, FollowState::accepted, w)) {
        const auto page = actors_of(rows);
        down.insert(down.end(), page.begin(), page.end());
        w.below = rows.back().follow_id;
    }
    BOOST_TEST(down == newest_first, per_element());

    w = {.ascending = true, .limit = 3};
    for (auto rows = ask(db, repo::followers_page, star, FollowState::accepted, w); !rows.empty();
         rows = ask(db, repo::followers_page, star, FollowState::accepted, w)) {
        const auto page = actors_of(rows);
        up.insert(up.begin(), page.begin(), page.end());
        w.above = rows.front().follow_id;
    }
    BOOST_TEST(up == newest_first, per_element());

    BOOST_TEST(ask(db, repo::followers_page, star, FollowState::pending, Window{}).size() == 1u);
    BOOST_TEST(actors_of(ask(db, repo::following_page, fans[0], FollowState::accepted, Window{})) ==
                   Ids{star},
               per_element());
    put(db, repo::set_suspended, fans[0], std::optional<TimeMs>(noon));
    BOOST_TEST(ask(db, repo::followers_page, star, FollowState::accepted, Window{}).size() == 6u);
}

KITH_STORAGE_TEST(followers_are_known_by_where_they_live) {
    World world(db);
    const auto star = world.stranger("star", "star.example"), local = world.person("local"),
               no_boosts = world.person("noboosts"), far1 = world.stranger("far1"),
               far2 = world.stranger("far2"), alone = world.stranger("alone", "alone.example"),
               gone = world.stranger("gone", "gone.example");
    BOOST_TEST(!ask(db, repo::has_local_follower, star));
    for (const auto id : {far1, far2, alone, gone}) world.follow(id, star);
    BOOST_TEST(!ask(db, repo::has_local_follower, star));
    world.follow(local, star);
    put(db, repo::set_follow_options, world.follow(no_boosts, star).id, false, false);
    world.follow(world.person("pending"), star, FollowState::pending);
    BOOST_TEST(ask(db, repo::has_local_follower, star));
    BOOST_TEST(sorted(ask(db, repo::local_followers, star, false)) == (Ids{local, no_boosts}),
               per_element());
    BOOST_TEST(ask(db, repo::local_followers, star, true) == Ids{local}, per_element());

    auto lone = world.actor(alone);
    lone.shared_inbox = "";
    put(db, repo::update_actor, lone);
    put(db, repo::mark_actor_deleted, gone, noon);
    const auto inboxes = ask(db, repo::follower_inboxes, star);
    BOOST_REQUIRE(inboxes.size() == 2u);
    BOOST_TEST(inboxes[0].host == "alone.example");
    BOOST_TEST(inboxes[0].inbox == lone.inbox);
    BOOST_TEST(inboxes[1].host == "there.example");
    BOOST_TEST(inboxes[1].inbox == "https://there.example/inbox");  // once for both
}

KITH_STORAGE_TEST(followed_groups_are_those_that_took_the_member) {
    World world(db);
    const auto ann = world.person("ann"), owner = world.person("owner");
    const auto in = world.group("in", owner), asked = world.group("asked", owner);
    world.follow(ann, in);
    world.follow(ann, asked, FollowState::pending);
    world.follow(ann, owner);
    BOOST_TEST(ask(db, repo::followed_groups, ann) == Ids{in}, per_element());
}

KITH_STORAGE_TEST(a_block_is_found_from_both_sides) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), eve = world.person("eve");
    const model::Block b{ann, bob, "https://here.example/block", noon};
    BOOST_TEST(put(db, repo::add_block, b, world.next_id()));
    BOOST_TEST(!put(db, repo::add_block, b, world.next_id()));
    BOOST_TEST(ask(db, repo::find_block, ann, bob).value().ap_id == b.ap_id);
    BOOST_TEST(!ask(db, repo::find_block, bob, ann));
    BOOST_TEST(ask(db, repo::find_block_by_ap_id, b.ap_id).value().target_id == bob);
    BOOST_TEST(ask(db, repo::either_blocks, ann, bob));
    BOOST_TEST(ask(db, repo::either_blocks, bob, ann));
    BOOST_TEST(!ask(db, repo::either_blocks, ann, eve));
    world.block(ann, eve);
    BOOST_TEST(actors_of(ask(db, repo::blocks_page, ann, Window{})) == (Ids{eve, bob}),
               per_element());
    BOOST_TEST(put(db, repo::remove_block, ann, bob));
    BOOST_TEST(!put(db, repo::remove_block, ann, bob));
}

KITH_STORAGE_TEST(a_mute_changes_in_place_and_runs_out) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    put(db, repo::put_mute, model::Mute{ann, bob, true, noon, {}}, world.next_id());
    BOOST_TEST(ask(db, repo::find_mute, ann, bob, noon).value().hide_notifications);
    put(db, repo::put_mute, model::Mute{ann, bob, false, noon + 5, noon + 10}, world.next_id());
    const auto found = ask(db, repo::find_mute, ann, bob, noon).value();
    BOOST_TEST(!found.hide_notifications);
    BOOST_TEST(found.created_at == noon);
    BOOST_TEST(found.expires_at.value() == noon + 10);
    BOOST_TEST(actors_of(ask(db, repo::mutes_page, ann, noon, Window{})) == Ids{bob},
               per_element());
    BOOST_TEST(!ask(db, repo::find_mute, ann, bob, noon + 10));
    BOOST_TEST(ask(db, repo::mutes_page, ann, noon + 10, Window{}).empty());
    BOOST_TEST(put(db, repo::remove_mute, ann, bob));
    BOOST_TEST(!put(db, repo::remove_mute, ann, bob));
}

KITH_STORAGE_TEST(hidden_are_those_blocked_blocking_or_muted_now) {
    World world(db);
    const auto ann = world.person("ann"), blocked = world.person("blocked"),
               blocking = world.person("blocking"), muted = world.person("muted"),
               was_muted = world.person("wasmuted"), friendly = world.person("friendly");
    world.block(ann, blocked);
    world.block(blocking, ann);
    put(db, repo::put_mute, model::Mute{ann, muted, true, noon, {}}, world.next_id());
    put(db, repo::put_mute, model::Mute{ann, was_muted, true, noon, noon + 1}, world.next_id());
    const Ids all{blocked, blocking, muted, was_muted, friendly};
    BOOST_TEST(
        sorted(ask(db, repo::hidden_among, ann, all, noon + 1)) == (Ids{blocked, blocking, muted}),
        per_element());
    BOOST_TEST(ask(db, repo::hidden_among, ann, Ids{friendly}, noon).empty());
    BOOST_TEST(ask(db, repo::hidden_among, ann, Ids{}, noon).empty());
}

KITH_STORAGE_TEST(a_domain_block_keeps_its_last_word) {
    World world(db);
    put(db, repo::put_domain_block,
        model::DomainBlock{"bad.example", model::BlockSeverity::silence, "spam", noon});
    put(db, repo::put_domain_block,
        model::DomainBlock{"bad.example", model::BlockSeverity::suspend, "worse", noon + 1});
    put(db, repo::put_domain_block, model::DomainBlock{"a.example", {}, "", noon});
    const auto found = ask(db, repo::find_domain_block, "bad.example").value();
    BOOST_TEST((found.severity == model::BlockSeverity::suspend));
    BOOST_TEST(found.reason == "worse");
    BOOST_TEST(found.created_at == noon);
    const auto all = ask(db, repo::domain_blocks);
    BOOST_REQUIRE(all.size() == 2u);
    BOOST_TEST(all[0].host == "a.example");
    BOOST_TEST(put(db, repo::remove_domain_block, "bad.example"));
    BOOST_TEST(!put(db, repo::remove_domain_block, "bad.example"));
    BOOST_TEST(!ask(db, repo::find_domain_block, "bad.example"));
}

KITH_STORAGE_TEST(a_dislike_takes_the_place_of_a_like_and_of_its_count) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), post = world.post(ann);
    auto check = [&](std::int64_t likes, std::int64_t dislikes) {
        const auto p = world.post_row(post);
        BOOST_TEST(p.likes_count == likes);
        BOOST_TEST(p.dislikes_count == dislikes);
    };
    const auto like = reaction(bob, post, ReactionKind::like),
               dislike = reaction(bob, post, ReactionKind::dislike);
    BOOST_TEST(put(db, repo::put_reaction, like, world.next_id()));
    BOOST_TEST(!put(db, repo::put_reaction, like, world.next_id()));
    check(1, 0);
    BOOST_TEST(
        put(db, repo::put_reaction, reaction(ann, post, ReactionKind::like), world.next_id()));
    check(2, 0);
    BOOST_TEST(put(db, repo::put_reaction, dislike, world.next_id()));
    check(1, 1);
    BOOST_TEST((ask(db, repo::find_reaction, bob, post).value().kind == ReactionKind::dislike));
    BOOST_TEST(!ask(db, repo::find_reaction_by_ap_id, like.ap_id));
    BOOST_TEST(ask(db, repo::find_reaction_by_ap_id, dislike.ap_id).value().actor_id == bob);
    BOOST_TEST(
        actors_of(ask(db, repo::reactors_page, post, ReactionKind::like, Window{})) == Ids{ann},
        per_element());
    BOOST_TEST(
        actors_of(ask(db, repo::reactors_page, post, ReactionKind::dislike, Window{})) == Ids{bob},
        per_element());
    BOOST_TEST(ask(db, repo::reactions_among, bob, Ids{post, 999}).size() == 1u);
    BOOST_TEST(put(db, repo::remove_reaction, dislike));
    BOOST_TEST(!put(db, repo::remove_reaction, dislike));
    check(1, 0);
}

KITH_STORAGE_TEST(a_boost_counts_once) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), post = world.post(ann);
    const auto b = world.boost(bob, post);
    auto again = b;
    again.id = world.next_id();
    again.ap_id = "https://here.example/again";
    BOOST_TEST(!put(db, repo::add_boost, again));
    BOOST_TEST(world.post_row(post).boosts_count == 1);
    BOOST_TEST(ask(db, repo::find_boost, bob, post).value().id == b.id);
    BOOST_TEST(ask(db, repo::find_boost_by_id, b.id).value().ap_id == b.ap_id);
    BOOST_TEST(ask(db, repo::find_boost_by_ap_id, b.ap_id).value().post_id == post);
    BOOST_TEST(ask(db, repo::boosts_among, bob, Ids{post}).size() == 1u);
    BOOST_TEST(ask(db, repo::boosts_by_ids, Ids{b.id, 999}).size() == 1u);
    BOOST_TEST(actors_of(ask(db, repo::boosters_page, post, Window{})) == Ids{bob}, per_element());
    BOOST_TEST(put(db, repo::remove_boost, b));
    BOOST_TEST(!put(db, repo::remove_boost, b));
    BOOST_TEST(world.post_row(post).boosts_count == 0);
}

KITH_STORAGE_TEST(eight_threads_keep_the_counters_of_one_post_right) {
    World world(db);
    const auto star = world.person("star"), post = world.post(star);
    constexpr int threads = 8, rounds = 10;
    Ids people;
    for (int i = 0; i < threads; ++i) people.push_back(world.person("p" + std::to_string(i)));
    at_once(threads, [&](int i) {
        const auto me = people[std::size_t(i)];
        for (int round = 0; round < rounds; ++round) {
            const auto kind = ReactionKind((round + i) % 2);
            auto done = db.write([&](sql::Tx& tx) -> Result<> {
                const Id id = 10'000 + i * 1000 + round * 10;
                TRY(repo::put_reaction(tx, reaction(me, post, kind), id));
                TRY(repo::add_to_counter(tx, post, repo::PostCounter::replies, 1));
                model::Follow f{.id = id,
                                .follower_id = me,
                                .followed_id = star,
                                .state = FollowState::accepted};
                TRY(repo::add_follow(tx, f));
                // The last round leaves the follow.
                if (round + 1 < rounds) TRY(repo::remove_follow(tx, f));
                return {};
            });
            if (!done) return false;
        }
        return true;
    });
    const auto p = world.post_row(post);
    BOOST_TEST(p.likes_count == threads / 2);
    BOOST_TEST(p.dislikes_count == threads / 2);
    BOOST_TEST(p.replies_count == threads * rounds);
    BOOST_TEST(world.actor(star).followers_count == threads);
}

// One reader's like that comes twice at the same time, as peers repeat themselves.
KITH_STORAGE_TEST(the_same_reaction_from_eight_threads_counts_once) {
    World world(db);
    const auto ann = world.person("ann"), post = world.post(ann);
    std::atomic<int> counted{0};
    at_once(8, [&](int i) {
        const auto done = db.write([&](sql::Tx& tx) {
            return repo::put_reaction(tx, reaction(ann, post, ReactionKind::like), Id{100 + i});
        });
        counted += done && *done;
        return bool(done);
    });
    BOOST_TEST(counted == 1);
    BOOST_TEST(world.post_row(post).likes_count == 1);
}

BOOST_AUTO_TEST_SUITE_END()
