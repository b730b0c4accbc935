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
    const auto links = ask(db, repo::thread_links, root, 9);
    BOOST_REQUIRE(links.size() == 2);
    BOOST_TEST((links[0].post_id == gone && links[0].parent_id == root));
    BOOST_TEST((links[1].post_id == leaf && links[1].parent_id == gone));
    BOOST_TEST(ask(db, repo::thread_links, root, 1).size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
