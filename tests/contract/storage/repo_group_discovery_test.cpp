#include "storage/repo/group_discovery.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/insight.hpp"
#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <span>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;

BOOST_AUTO_TEST_SUITE(repo_group_discovery)

namespace {

std::vector<Id> ids(const std::vector<model::Actor>& actors) {
    std::vector<Id> out;
    for (const auto& actor : actors) out.push_back(actor.id);
    return out;
}

std::vector<Id> members(World& world, int count, const std::string& prefix) {
    std::vector<Id> out;
    for (int n = 0; n < count; ++n) out.push_back(world.person(prefix + std::to_string(n)));
    return out;
}

void hide(sql::Db& db, Id group, model::GroupVisibility visibility) {
    model::GroupProfile profile;
    profile.group_id = group;
    profile.visibility = visibility;
    put(db, repo::put_group_profile, profile);
}

void tagged(sql::Db& db, World& world, Id author, Id group, const std::string& tag) {
    auto draft = world.draft(author);
    draft.group_id = group;
    const auto post = world.store(draft).id;
    const auto id = put(db, repo::tag_id, world.next_id(), tag, tag);
    put(db, repo::add_tag, post, id);
}

std::vector<Id> found(sql::Db& db, const repo::DirectoryAsked& asked) { return ids(ask(db, repo::group_directory, asked)); }

}  // namespace

KITH_STORAGE_TEST(who_is_in_both_groups_makes_them_alike_unless_they_opted_out) {
    World world(db);
    const auto owner = world.person("owner"), garden = world.group("garden", owner), pond = world.group("pond", owner);
    const auto people = members(world, 5, "p");
    for (const auto person : people)
        for (const auto group : {garden, pond}) world.follow(person, group);
    const auto common = [&](Id group) { return ask(db, repo::groups_by_common_members, group, 100, 5, 10); };
    BOOST_REQUIRE(common(garden).size() == 1u);
    BOOST_TEST((common(garden)[0].group_id == pond && common(garden)[0].common == 5));
    BOOST_TEST(ask(db, repo::groups_by_common_members, garden, 4, 5, 10).empty());  // only so many are looked at
    put(db, repo::opt_out, pond, people[0], noon);
    BOOST_TEST(common(garden).empty());
    BOOST_TEST(common(pond).empty());
}

KITH_STORAGE_TEST(only_public_groups_are_like_others) {
    World world(db);
    const auto owner = world.person("owner"), garden = world.group("garden", owner);
    std::vector<Id> others;
    for (const auto* name : {"unlisted", "local", "private"}) others.push_back(world.group(name, owner));
    for (const auto person : members(world, 5, "p")) {
        world.follow(person, garden);
        for (const auto group : others) world.follow(person, group);
    }
    for (std::size_t n = 0; n < others.size(); ++n) hide(db, others[n], model::GroupVisibility(n + 1));
    BOOST_TEST(ask(db, repo::groups_by_common_members, garden, 100, 5, 10).empty());
    BOOST_TEST(ask(db, repo::groups_to_compare, noon, 10) == std::vector<Id>{garden}, per_element());
    put(db, repo::put_similar_groups, garden, std::vector<repo::Likeness>{{others[2], 1.0}});
    BOOST_TEST(ask(db, repo::similar_groups, garden, 10).empty());  // it closed since
    put(db, repo::set_group_compared, garden, noon);
    BOOST_TEST(ask(db, repo::groups_to_compare, noon, 10).empty());
    BOOST_TEST(ask(db, repo::groups_to_compare, noon + 1, 10).size() == 1u);
}

KITH_STORAGE_TEST(topics_are_what_several_people_write_about) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto garden = world.group("garden", ann), pond = world.group("pond", ann);
    for (const auto group : {garden, pond})
        for (const auto* tag : {"frogs", "water"})
            for (const auto author : {ann, bob}) tagged(db, world, author, group, tag);
    tagged(db, world, ann, garden, "alone");
    tagged(db, world, ann, garden, "alone");
    const repo::TopicBounds bounds{.since = 0, .threads_max = 100, .people_min = 2, .kept = 10};
    for (const auto group : {garden, pond}) put(db, repo::refresh_topics, group, bounds);
    std::vector<std::string> names;
    for (const auto& topic : ask(db, repo::topics_of_groups, std::vector<Id>{garden})) names.push_back(topic.name);
    BOOST_TEST(names == (std::vector<std::string>{"frogs", "water"}), per_element());
    const auto common = ask(db, repo::groups_by_common_topics, garden, 2, 10);
    BOOST_REQUIRE(common.size() == 1u);
    BOOST_TEST((common[0].group_id == pond && common[0].common == 2));
    BOOST_TEST(ask(db, repo::groups_by_common_topics, garden, 3, 10).empty());
    const auto all = ask(db, repo::common_topics, 10);
    BOOST_REQUIRE(all.size() == 2u);
    BOOST_TEST((all[0].name == "frogs" && all[0].groups == 2));
    BOOST_TEST(found(db, {.topic = "frogs", .limit = 10}) == (std::vector<Id>{garden, pond}), per_element());
    BOOST_TEST(found(db, {.topic = "alone", .limit = 10}).empty());
    hide(db, pond, model::GroupVisibility::private_);
    BOOST_TEST(found(db, {.topic = "frogs", .limit = 10}) == std::vector<Id>{garden}, per_element());
    BOOST_TEST(ask(db, repo::topics_of_groups, std::vector<Id>{pond}).empty());
    put(db, repo::opt_out, garden, bob, noon);
    put(db, repo::refresh_topics, garden, bounds);
    BOOST_TEST(ask(db, repo::topics_of_groups, std::vector<Id>{garden}).empty());
}

KITH_STORAGE_TEST(the_directory_searches_sorts_and_pages) {
    World world(db);
    const auto owner = world.person("owner");
    const auto pond = world.group("pond", owner), garden = world.group("garden", owner), secret = world.group("secret_pond", owner);
    hide(db, secret, model::GroupVisibility::unlisted);
    using enum repo::GroupOrder;
    BOOST_TEST(found(db, {.order = name, .limit = 10}) == (std::vector<Id>{garden, pond}), per_element());
    BOOST_TEST(found(db, {.order = name, .limit = 1, .offset = 1}) == std::vector<Id>{pond}, per_element());
    BOOST_TEST(found(db, {.words = "pon", .limit = 10}) == std::vector<Id>{pond}, per_element());
    BOOST_TEST(found(db, {.words = "%", .limit = 10}).empty());
    for (const auto order : {members, active, newest}) BOOST_TEST(found(db, {.order = order, .limit = 10}).size() == 2u);
}

KITH_STORAGE_TEST(groups_look_for_moderators_when_they_say_so_or_nobody_was_seen) {
    World world(db);
    const auto owner = world.person("owner"), garden = world.group("garden", owner), pond = world.group("pond", owner);
    BOOST_TEST(found(db, {.seeks_moderators = true, .unseen_since = 0, .limit = 10}).empty());
    model::GroupProfile profile;
    profile.group_id = pond;
    profile.seeks_moderators = true;
    put(db, repo::put_group_profile, profile);
    BOOST_TEST(ask(db, repo::group_profile, pond).seeks_moderators);
    const auto lines = ask(db, repo::lines_of_groups, std::vector<Id>{garden, pond});
    BOOST_REQUIRE(lines.size() == 1u);
    BOOST_TEST((lines[0].group_id == pond && lines[0].seeks_moderators && lines[0].brief.empty()));
    BOOST_TEST(found(db, {.seeks_moderators = true, .unseen_since = 0, .limit = 10}) == std::vector<Id>{pond}, per_element());
    const auto later = world.actor(garden).created_at + 1;
    const std::vector<Id> both{garden, pond};
    for (const auto group : both) {
        put(db, repo::join_group, group, owner, noon);
        put(db, repo::set_group_role, group, owner, model::GroupRole::owner);
    }
    put(db, repo::set_last_post_at, owner, later);
    BOOST_TEST(ask(db, repo::unattended_groups, both, later).empty());
    BOOST_TEST(ask(db, repo::unattended_groups, both, later + 1) == both, per_element());
    BOOST_TEST(found(db, {.seeks_moderators = true, .unseen_since = later + 1, .limit = 10}).size() == 2u);
    model::GroupAct act;
    act.id = world.next_id();
    act.group_id = garden;
    act.moderator_id = owner;
    act.at = later + 1;
    act.role = model::TeamRole::node;
    act.ap_id = "https://here.example/activity/1";
    put(db, repo::add_group_act, act);
    BOOST_TEST(ask(db, repo::unattended_groups, both, later + 1) == both, per_element());  // the node's moderators are others
    act.id = world.next_id();
    act.role = model::TeamRole::moderator;
    act.ap_id = "https://here.example/activity/2";
    put(db, repo::add_group_act, act);
    BOOST_TEST(ask(db, repo::unattended_groups, both, later + 1) == std::vector<Id>{pond}, per_element());
}

KITH_STORAGE_TEST(offers_to_help_are_one_each_the_oldest_first) {
    World world(db);
    const auto owner = world.person("owner"), ann = world.person("ann"), bob = world.person("bob"), garden = world.group("garden", owner);
    put(db, repo::put_help_offer, repo::HelpOffer{garden, ann, "evenings", noon});
    put(db, repo::put_help_offer, repo::HelpOffer{garden, bob, "mornings", noon + 1});
    put(db, repo::put_help_offer, repo::HelpOffer{garden, ann, "weekends", noon + 2});
    const auto offers = ask(db, repo::help_offers, garden, 10);
    BOOST_REQUIRE(offers.size() == 2u);
    BOOST_TEST((offers[0].actor_id == bob && offers[1].text == "weekends" && offers[1].at == noon + 2));
    BOOST_TEST(put(db, repo::remove_help_offer, garden, bob));
    BOOST_TEST(!put(db, repo::remove_help_offer, garden, bob));
    BOOST_TEST(ask(db, repo::help_offers, garden, 10).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
