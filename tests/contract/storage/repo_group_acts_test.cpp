// What moderators do: once each, in order, and what it comes to.
#include "storage/repo/group_acts.hpp"

#include "storage/repo/delivery.hpp"
#include "storage/repo/followers_sync.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/visibility.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::GroupActKind;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_group_acts)

namespace {

struct Garden {
    explicit Garden(sql::Db& opened)
        : db(opened), world(opened), ann(world.person("ann")), bob(world.person("bob")), group(world.group("garden", ann)) {
        auto draft = world.draft(bob);
        draft.group_id = group;
        post = world.store(draft).id;
    }

    model::GroupAct act(GroupActKind kind, std::string ap_id) {
        model::GroupAct act;
        act.id = world.next_id();
        act.kind = kind;
        act.group_id = group;
        act.moderator_id = ann;
        act.post_id = post;
        act.target_id = bob;
        act.reason = "because";
        act.ap_id = std::move(ap_id);
        act.at = noon;
        return act;
    }

    sql::Db& db;
    World world;
    Id ann, bob, group, post = 0;
};

}  // namespace

KITH_STORAGE_TEST(an_act_is_in_the_log_once) {
    Garden g(db);
    const auto first = g.act(GroupActKind::remove_post, "a"), second = g.act(GroupActKind::restore_post, "b");
    BOOST_TEST(put(db, repo::add_group_act, first));
    BOOST_TEST(!put(db, repo::add_group_act, first));
    BOOST_TEST(put(db, repo::add_group_act, second));
    BOOST_TEST(ask(db, repo::find_group_act_by_ap_id, "a")->reason == "because");
    BOOST_TEST(ask(db, repo::last_counterpart, second)->id == first.id);
    BOOST_TEST(ask(db, repo::last_counterpart, first)->id == second.id);
    model::GroupAct unban;
    unban.kind = GroupActKind::unban;
    unban.group_id = g.group;
    unban.target_id = g.bob;
    BOOST_TEST(!ask(db, repo::last_counterpart, unban).has_value());
    const auto ids = [&](repo::GroupActFilter filter, Window window = {}) {
        Ids out;
        for (const auto& act : ask(db, repo::group_acts_page, filter, window)) out.push_back(act.id);
        return out;
    };
    BOOST_TEST(ids({}) == (Ids{second.id, first.id}));
    BOOST_TEST(ids({.group_id = g.group, .post_id = g.post}) == (Ids{second.id, first.id}));
    BOOST_TEST(ids({.target_id = g.ann}).empty());
    BOOST_TEST(ids({}, {.below = second.id}) == Ids{first.id});
    BOOST_TEST(ids({}, {.above = first.id, .ascending = true}) == Ids{second.id});
}

KITH_STORAGE_TEST(what_is_done_in_a_private_group_is_for_its_members) {
    Garden g(db);
    const auto cleo = g.world.person("cleo"), dora = g.world.person("dora"), eve = g.world.stranger("eve");
    for (const auto member : {cleo, dora, eve}) g.world.follow(member, g.group);
    put(db, repo::add_group_act, g.act(GroupActKind::remove_post, "a"));
    auto profile = ask(db, repo::group_profile, g.group);
    profile.visibility = model::GroupVisibility::private_;
    put(db, repo::put_group_profile, profile);
    const auto seen = [&](repo::GroupActFilter filter) { return ask(db, repo::group_acts_page, filter, Window{}).size(); };
    const auto places = [&] { return ask(db, repo::follower_inboxes, g.group).size(); };
    BOOST_TEST(seen({}) == 0u);
    BOOST_TEST(seen({.group_id = g.group}) == 0u);
    BOOST_TEST(seen({.group_id = g.group, .reader = g.world.person("oscar")}) == 0u);
    BOOST_TEST(seen({.reader = cleo}) == 1u);
    BOOST_TEST(seen({.reader = g.bob}) == 1u);  // it is about him
    BOOST_TEST(seen({.with_closed = true}) == 1u);
    BOOST_TEST(ask(db, repo::members_seen_by, std::optional(cleo), g.group));
    BOOST_TEST(!ask(db, repo::members_seen_by, std::optional<Id>(), g.group));
    BOOST_TEST(ask(db, repo::followed_seen_by, std::optional<Id>(), cleo, Window{}).empty());
    BOOST_TEST(ask(db, repo::followed_seen_by, std::optional(cleo), cleo, Window{}).size() == 1u);
    BOOST_TEST(ask(db, repo::followed_seen_by, std::optional(dora), cleo, Window{}).size() == 1u);
    BOOST_TEST(places() == 1u);
    BOOST_TEST(ask(db, repo::follower_at, g.group, "there.example").has_value());
    // A ban for good ends it, a time-out does not.
    for (const auto banned : {dora, eve}) put(db, repo::put_group_ban, model::GroupBan{g.group, banned, std::to_string(banned), noon + 10, noon});
    BOOST_TEST(places() == 1u);
    for (const auto banned : {dora, eve}) put(db, repo::put_group_ban, model::GroupBan{g.group, banned, std::to_string(banned), {}, noon});
    BOOST_TEST(places() == 0u);
    BOOST_TEST(ask(db, repo::follower_inboxes_at, g.group, "there.example").empty());
    BOOST_TEST(!ask(db, repo::follower_at, g.group, "there.example").has_value());
    BOOST_TEST(seen({.reader = dora}) == 0u);
    BOOST_TEST(!ask(db, repo::members_seen_by, std::optional(dora), g.group));
    // Of an open one that is as it was.
    profile.visibility = model::GroupVisibility::public_;
    put(db, repo::put_group_profile, profile);
    BOOST_TEST(places() == 1u);
    BOOST_TEST(seen({}) == 1u);
    BOOST_TEST(ask(db, repo::followed_seen_by, std::optional<Id>(), cleo, Window{}).size() == 1u);
}

KITH_STORAGE_TEST(what_is_removed_only_its_author_sees) {
    Garden g(db);
    BOOST_TEST(put(db, repo::set_post_removed, g.post, std::optional<TimeMs>(noon)));
    BOOST_TEST(!put(db, repo::set_post_removed, g.post, std::optional<TimeMs>(noon)));
    const auto sees = [&](std::optional<Id> viewer) { return must(db.read([&](sql::Tx& tx) { return repo::sees_post(tx, viewer, g.post); })); };
    BOOST_TEST(!sees(std::nullopt));
    BOOST_TEST(!sees(g.ann));
    BOOST_TEST(sees(g.bob));
    BOOST_TEST(ask(db, repo::post_state, g.post).removed);
    BOOST_TEST(ask(db, repo::posts_in_group_of, g.group, g.bob, 10).empty());
    BOOST_TEST(ask(db, repo::posts_removed_at, g.group, g.bob, noon, 10) == Ids{g.post});
    BOOST_TEST(ask(db, repo::posts_removed_at, g.group, g.bob, noon + 1, 10).empty());
    BOOST_TEST(put(db, repo::set_post_removed, g.post, std::optional<TimeMs>{}));
    BOOST_TEST(sees(std::nullopt));
    BOOST_TEST(ask(db, repo::posts_in_group_of, g.group, g.bob, 10) == Ids{g.post});
}

KITH_STORAGE_TEST(a_lock_holds_for_the_whole_thread) {
    Garden g(db);
    const auto reply = g.world.reply(g.ann, g.post);
    BOOST_TEST(!ask(db, repo::post_state, reply).locked);
    BOOST_TEST(put(db, repo::set_post_locked, g.post, true));
    BOOST_TEST(!put(db, repo::set_post_locked, g.post, true));
    BOOST_TEST(ask(db, repo::post_state, reply).locked);
    BOOST_TEST(put(db, repo::set_post_locked, g.post, false));
    BOOST_TEST(!ask(db, repo::post_state, reply).locked);
}

KITH_STORAGE_TEST(bans_end) {
    Garden g(db);
    put(db, repo::put_group_ban, model::GroupBan{g.group, g.bob, "x", noon + 10, noon});
    BOOST_TEST(ask(db, repo::is_banned, g.group, g.bob, noon + 9));
    BOOST_TEST(!ask(db, repo::is_banned, g.group, g.bob, noon + 10));
    BOOST_TEST(ask(db, repo::group_bans, g.group, noon, 10).size() == 1);
    put(db, repo::put_group_ban, model::GroupBan{g.group, g.bob, "y", {}, noon});
    BOOST_TEST(ask(db, repo::is_banned, g.group, g.bob, noon + 1'000'000));
    BOOST_TEST(put(db, repo::remove_group_ban, g.group, g.bob));
    BOOST_TEST(!put(db, repo::remove_group_ban, g.group, g.bob));
}

KITH_STORAGE_TEST(moderators_of_groups_elsewhere_keep_their_order) {
    Garden g(db);
    const auto far = g.world.stranger("far");
    put(db, repo::put_remote_moderators, g.group, Ids{far, g.ann});
    BOOST_TEST(put(db, repo::add_remote_moderator, g.group, g.bob));
    BOOST_TEST(!put(db, repo::add_remote_moderator, g.group, g.bob));
    Ids order;
    for (const auto& actor : ask(db, repo::remote_moderators, g.group)) order.push_back(actor.id);
    BOOST_TEST(order == (Ids{far, g.ann, g.bob}));
    BOOST_TEST(put(db, repo::remove_remote_moderator, g.group, far));
    BOOST_TEST(!ask(db, repo::is_remote_moderator, g.group, far));
    BOOST_TEST(ask(db, repo::is_remote_moderator, g.group, g.bob));
    const auto group = g.world.actor(g.group);
    BOOST_TEST(ask(db, repo::find_group_by_collection, group.featured_url)->id == g.group);
    BOOST_TEST(!ask(db, repo::find_group_by_collection, "https://nowhere.example/").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
