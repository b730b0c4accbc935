// What the operators say to all: rules, documents, announcements. And who wants to be found.
#include "storage/repo/announcements.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/directory.hpp"
#include "storage/repo/documents.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_words)

KITH_STORAGE_TEST(rules_and_documents_are_read_back) {
    World world(db);
    put(db, repo::insert_rule, model::Rule{1, "Be kind", ""});
    put(db, repo::insert_rule, model::Rule{2, "No spam", "none at all"});
    BOOST_TEST(put(db, repo::delete_rule, Id(1)));
    BOOST_TEST(!put(db, repo::delete_rule, Id(1)));
    const auto rules = ask(db, repo::rules);
    BOOST_REQUIRE(rules.size() == 1);
    BOOST_TEST(rules[0].hint == "none at all");
    put(db, repo::put_document, repo::DocumentRow{0, 0, "one", noon});
    put(db, repo::put_document, repo::DocumentRow{0, 0, "two", noon + 1});
    put(db, repo::put_document, repo::DocumentRow{2, 10, "old", noon});
    put(db, repo::put_document, repo::DocumentRow{2, 20, "new", noon});
    BOOST_TEST(ask(db, repo::documents_of_kind, 0)[0].text == "two");
    const auto terms = ask(db, repo::documents_of_kind, 2);
    BOOST_REQUIRE(terms.size() == 2);
    BOOST_TEST(terms[0].text == "new");
    BOOST_TEST(ask(db, repo::documents_of_kind, 1).empty());
}

KITH_STORAGE_TEST(announcements_are_read_and_reacted_to) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    put(db, repo::insert_announcement, model::Announcement{5, "hello", {}, noon, true, noon});
    put(db, repo::insert_announcement, model::Announcement{6, "again", {}, {}, false, noon});
    BOOST_TEST(ask(db, repo::announcements, 10)[0].id == 6);
    BOOST_TEST(ask(db, repo::find_announcement, Id(5))->ends_at.value_or(0) == noon);
    put(db, repo::mark_announcement_read, ann, Id(5));
    put(db, repo::mark_announcement_read, ann, Id(5));
    BOOST_TEST(ask(db, repo::announcements_read_by, ann) == Ids{5});
    BOOST_TEST(ask(db, repo::announcements_read_by, bob).empty());
    BOOST_TEST(put(db, repo::add_announcement_reaction, Id(5), ann, "b", Id(1)));
    BOOST_TEST(!put(db, repo::add_announcement_reaction, Id(5), ann, "b", Id(2)));
    BOOST_TEST(put(db, repo::add_announcement_reaction, Id(5), bob, "a", Id(3)));
    BOOST_TEST(put(db, repo::add_announcement_reaction, Id(5), bob, "b", Id(4)));
    const auto given = ask(db, repo::announcement_reactions, Id(5), ann);
    BOOST_REQUIRE(given.size() == 2);
    BOOST_TEST(given[0].name == "b");
    BOOST_TEST(given[0].count == 2);
    BOOST_TEST(given[0].mine);
    BOOST_TEST(!given[1].mine);
    BOOST_TEST(put(db, repo::remove_announcement_reaction, Id(5), ann, "b"));
    BOOST_TEST(!put(db, repo::remove_announcement_reaction, Id(5), ann, "b"));
    BOOST_TEST(put(db, repo::delete_announcement, Id(5)));
    BOOST_TEST(ask(db, repo::announcement_reactions, Id(5), ann).empty());
    BOOST_TEST(ask(db, repo::announcements_read_by, ann).empty());
}

KITH_STORAGE_TEST(who_wants_to_be_found_is_found_and_suggested) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cleo = world.person("cleo"), dan = world.person("dan");
    const auto far = world.stranger("far");
    for (const auto id : {bob, cleo, far}) {
        auto actor = world.actor(id);
        actor.discoverable = true;
        put(db, repo::update_actor, actor);
    }
    for (const auto id : {ann, dan}) {
        auto actor = world.actor(id);
        actor.discoverable = false;
        put(db, repo::update_actor, actor);
    }
    put(db, repo::set_last_post_at, cleo, noon);
    put(db, repo::set_last_post_at, far, noon + 1);
    const auto names = [&](std::optional<Id> viewer, repo::DirectoryOrder order, bool local) {
        Ids out;
        for (const auto& actor : ask(db, repo::directory, viewer, order, local, 10, 0)) out.push_back(actor.id);
        return out;
    };
    BOOST_TEST(names({}, repo::DirectoryOrder::active, false) == (Ids{far, cleo}));
    BOOST_TEST(names({}, repo::DirectoryOrder::newest, true) == (Ids{cleo, bob}));
    world.block(ann, cleo);
    BOOST_TEST(names(ann, repo::DirectoryOrder::newest, false) == (Ids{far, bob}));

    const auto suggested = [&](Id who) {
        Ids out;
        for (const auto& actor : ask(db, repo::suggested_by_follows, who, 10)) out.push_back(actor.id);
        return out;
    };
    world.follow(ann, dan);
    for (const auto id : {bob, cleo, far}) world.follow(dan, id);
    world.follow(ann, bob, model::FollowState::pending);
    BOOST_TEST(suggested(ann) == Ids{far});  // not whom she blocks, nor whom she asked
    put(db, repo::dismiss_suggestion, ann, far);
    put(db, repo::dismiss_suggestion, ann, far);
    BOOST_TEST(suggested(ann).empty());
    const auto local = ask(db, repo::suggested_by_size, dan, 10);
    BOOST_TEST(local.empty());  // dan follows all of them
    BOOST_TEST(ask(db, repo::suggested_by_size, cleo, 10).size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
