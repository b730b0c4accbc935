// What answers what in a thread.
#include "storage/repo/thread_links.hpp"

#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_thread_links)

KITH_STORAGE_TEST(what_is_deleted_still_says_what_it_answered) {
    World world(db);
    const auto ann = world.person("ann");
    const auto root = world.post(ann), gone = world.reply(ann, root), leaf = world.reply(ann, gone);
    world.reply(ann, world.post(ann));
    put(db, repo::scrub_post, gone, noon);
    const auto links = ask(db, repo::thread_links, std::optional<Id>(), root, 9);
    BOOST_REQUIRE(links.size() == 3);
    BOOST_TEST((links[0].post_id == root && !links[0].parent_id && links[0].seen));
    BOOST_TEST((links[1].post_id == gone && links[1].parent_id == root && !links[1].seen));
    BOOST_TEST((links[2].post_id == leaf && links[2].parent_id == gone && links[2].seen));
    BOOST_TEST(ask(db, repo::thread_links, std::optional<Id>(), root, 1).size() == 1);
}

KITH_STORAGE_TEST(each_viewer_sees_their_own_part_of_a_thread) {
    World world(db);
    const auto ann = world.person("ann"), fan = world.person("fan");
    world.follow(fan, ann);
    const auto root = world.post(ann);
    auto secret = world.draft(ann);
    secret.thread_id = root;
    secret.in_reply_to_id = root;
    secret.visibility = model::Visibility::followers;
    world.store(secret);
    const auto seen = [&](std::optional<Id> viewer) { return ask(db, repo::thread_links, viewer, root, 9).back().seen; };
    BOOST_TEST(seen(fan));
    BOOST_TEST(!seen({}));
}

BOOST_AUTO_TEST_SUITE_END()
