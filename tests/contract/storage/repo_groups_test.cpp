#include "storage/repo/groups.hpp"

#include "storage/repo/insight.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <algorithm>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::GroupRole;
using repo::OpsEvent;
using repo::OpsKind;

BOOST_AUTO_TEST_SUITE(repo_groups)

namespace {

Ids ids_of(const std::vector<model::Actor>& actors) {
    Ids out;
    for (const auto& a : actors) out.push_back(a.id);
    return out;
}

}  // namespace

KITH_STORAGE_TEST(a_group_has_settings_and_an_owner) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), group = world.group("g", ann),
               popular = world.group("popular", ann);
    BOOST_TEST(!ask(db, repo::find_group, ann));
    put(db, repo::set_group_owner, group, bob);
    const auto found = ask(db, repo::find_group, group).value();
    BOOST_TEST(found.owner_id == bob);
    BOOST_TEST((found.posting == model::PostingPolicy::everyone));
    BOOST_TEST(found.created_at == noon);
    world.follow(bob, popular);
    BOOST_TEST(ids_of(ask(db, repo::local_groups, 10)) == (Ids{popular, group}), per_element());
    BOOST_TEST(ask(db, repo::local_groups, 1).size() == 1u);
}

KITH_STORAGE_TEST(who_comes_back_keeps_the_first_day_and_loses_the_role) {
    World world(db);
    const auto ann = world.person("ann"), group = world.group("g", ann);
    put(db, repo::join_group, group, ann, noon);
    put(db, repo::set_group_role, group, ann, GroupRole::moderator);
    BOOST_TEST(put(db, repo::leave_group, group, ann, noon + 1));
    BOOST_TEST(!put(db, repo::leave_group, group, ann, noon + 2));
    BOOST_TEST(ask(db, repo::find_membership, group, ann).value().left_at.value() == noon + 1);
    put(db, repo::join_group, group, ann, noon + 3);
    const auto back = ask(db, repo::find_membership, group, ann).value();
    BOOST_TEST(back.joined_at == noon);
    BOOST_TEST(!back.left_at);
    BOOST_TEST((back.role == GroupRole::member));
    BOOST_TEST(!put(db, repo::leave_group, group, world.person("never"), noon));
}

KITH_STORAGE_TEST(moderators_are_the_owner_first_then_by_joining) {
    World world(db);
    const auto owner = world.person("owner"), old = world.person("old"),
               young = world.person("young"), greeter = world.person("greeter"),
               left = world.person("left"), group = world.group("g", owner);
    TimeMs at = noon;
    for (const auto id : {old, greeter, left, young, owner})
        put(db, repo::join_group, group, id, ++at);
    put(db, repo::set_group_role, group, owner, GroupRole::owner);
    for (const auto id : {young, old, left})
        put(db, repo::set_group_role, group, id, GroupRole::moderator);
    put(db, repo::set_group_role, group, greeter, GroupRole::greeter);
    put(db, repo::leave_group, group, left, noon + 100);
    BOOST_TEST(ids_of(ask(db, repo::group_moderators, group)) == (Ids{owner, old, young}),
               per_element());
    Ids members;
    for (const auto& m : ask(db, repo::memberships, group)) members.push_back(m.actor_id);
    BOOST_TEST(members == (Ids{old, greeter, left, young, owner}), per_element());
}

KITH_STORAGE_TEST(a_post_enters_a_group_once) {
    World world(db);
    const auto ann = world.person("ann"), group = world.group("g", ann),
               other = world.group("h", ann);
    const auto post = world.group_post(ann, group);
    const repo::GroupEntry entry{world.next_id(), group, post, "https://here.example/announce"};
    BOOST_TEST(put(db, repo::add_group_entry, entry));
    BOOST_TEST(!put(db, repo::add_group_entry,
                    repo::GroupEntry{world.next_id(), group, post, "https://here.example/2"}));
    BOOST_TEST(put(db, repo::add_group_entry,
                   repo::GroupEntry{world.next_id(), other, post, "https://here.example/3"}));
    BOOST_TEST(ask(db, repo::find_group_entry, entry.id).value().ap_id == entry.ap_id);
    BOOST_TEST(ask(db, repo::find_group_entry_of, group, post).value().id == entry.id);
    BOOST_TEST(ask(db, repo::find_group_entry_by_ap_id, entry.ap_id).value().post_id == post);
    BOOST_TEST(!ask(db, repo::find_group_entry_by_ap_id, "https://here.example/2"));
    BOOST_TEST(ask(db, repo::group_entries_by_ids, Ids{entry.id, 9999}).size() == 1u);
    BOOST_TEST(ask(db, repo::count_group_entries, group) == 1);
}

namespace {

// A group's stream: ann asks, bob answers, eve says something that nobody answers.
struct Stream {
    explicit Stream(sql::Db& d)
        : db(d),
          world(d),
          ann(world.person("ann")),
          bob(world.person("bob")),
          eve(world.person("eve")),
          group(world.group("g", ann)) {
        for (const auto id : {ann, bob, eve}) {
            put(db, repo::join_group, group, id, noon);
            add(id, OpsKind::joined, {}, {});
        }
        add(ann, OpsKind::contributed, 1001, {});
        add(bob, OpsKind::contributed, 1002, 1001);
        add(eve, OpsKind::contributed, 1003, {});
        add(eve, OpsKind::reacted, 1001, {});
    }

    void add(Id actor, OpsKind kind, std::optional<Id> object, std::optional<Id> parent) {
        const auto id = world.next_id();
        put(db, repo::add_ops_event,
            OpsEvent{.id = id,
                     .group_id = group,
                     .actor_id = actor,
                     .kind = kind,
                     .object_id = object,
                     .object_ap_id = object ? "o" + std::to_string(*object) : "",
                     .parent_id = parent,
                     .at = noon,
                     .received_at = noon + id,
                     .origin = "local"});
    }
    // Objects contributed by an actor, then how many rows it has.
    std::pair<Ids, int> rows_of(Id actor) {
        Ids contributed;
        int rows = 0;
        for (const auto& e : ask(db, repo::ops_events_of, group)) {
            if (e.actor_id != actor) continue;
            ++rows;
            if (e.kind == OpsKind::contributed) contributed.push_back(*e.object_id);
        }
        return {contributed, rows};
    }

    sql::Db& db;
    World world;
    Id ann, bob, eve, group;
};

}  // namespace

KITH_STORAGE_TEST(the_stream_comes_back_as_it_was_received) {
    Stream stream(db);
    const auto late = stream.world.next_id();
    put(db, repo::add_ops_event,
        OpsEvent{.id = late,
                 .group_id = stream.group,
                 .actor_id = stream.ann,
                 .kind = OpsKind::contributed,
                 .object_id = 1004,
                 .object_ap_id = "o1004",
                 .target_actor_id = stream.eve,
                 .at = noon + 5,
                 .received_at = noon - 1,
                 .origin = "import"});
    const auto events = ask(db, repo::ops_events_of, stream.group);
    BOOST_REQUIRE(events.size() == 8u);
    BOOST_TEST(events[0].id == late);
    BOOST_TEST(events[0].target_actor_id.value() == stream.eve);
    BOOST_TEST(!events[0].parent_id);
    BOOST_TEST(events[0].at == noon + 5);
    BOOST_TEST(events[0].origin == "import");
    BOOST_TEST((events[1].kind == OpsKind::joined));
    BOOST_TEST(!events[1].object_id);
    BOOST_TEST(events[5].parent_id.value() == 1001);
    BOOST_TEST(ask(db, repo::has_ops_object, stream.group, "o1001"));
    BOOST_TEST(!ask(db, repo::has_ops_object, stream.group, "o9999"));
}

KITH_STORAGE_TEST(people_of_a_stream_carry_their_role_and_their_marks) {
    Stream stream(db);
    const auto far = stream.world.stranger("far");
    stream.add(far, OpsKind::contributed, 1005, {});
    put(db, repo::set_group_role, stream.group, stream.bob, GroupRole::greeter);
    put(db, repo::opt_out, stream.group, stream.eve, noon);
    execute(db, "INSERT INTO ops_flag (actor_id, bot, at) VALUES ($1, $2, $3)", {far, true, noon});
    const auto people = ask(db, repo::ops_people, stream.group);
    BOOST_REQUIRE(people.size() == 4u);
    BOOST_TEST(people[0].actor.id == stream.ann);
    BOOST_TEST((people[0].role == GroupRole::member));
    BOOST_TEST(!people[0].opted_out);
    BOOST_TEST(!people[0].flagged_bot);
    BOOST_TEST((people[1].role == GroupRole::greeter));
    BOOST_TEST(people[2].opted_out);
    BOOST_TEST(people[3].actor.id == far);
    BOOST_TEST(!people[3].role);
    BOOST_TEST(people[3].flagged_bot);
}

KITH_STORAGE_TEST(opting_out_leaves_the_bare_answer) {
    Stream stream(db);
    for (const auto id : {stream.bob, stream.eve, stream.ann}) {
        BOOST_TEST(!ask(db, repo::has_opted_out, stream.group, id));
        put(db, repo::opt_out, stream.group, id, noon);
        put(db, repo::opt_out, stream.group, id, noon + 1);
        BOOST_TEST(ask(db, repo::has_opted_out, stream.group, id));
    }
    BOOST_TEST(
        (stream.rows_of(stream.bob) == std::pair(Ids{1002}, 1)));  // ann's post has an answer
    BOOST_TEST((stream.rows_of(stream.ann) == std::pair(Ids{1001}, 1)));  // which the answer is to
    BOOST_TEST((stream.rows_of(stream.eve) == std::pair(Ids{}, 0)));
}

BOOST_AUTO_TEST_SUITE_END()
