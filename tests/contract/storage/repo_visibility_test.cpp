#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>
#include <map>

using namespace kith;
using namespace kith::test;
using model::FollowState;
using model::Visibility;

BOOST_AUTO_TEST_SUITE(repo_visibility)

namespace {

// An author, one post of each visibility, and everybody who may come to read them.
struct Scene {
    enum Viewer { nobody, someone, follower, pending, named, author, member, asked_group, blocked };
    static constexpr int viewers = 9, visibilities = 5;

    explicit Scene(sql::Db& db) : world(db) {
        who[author] = world.person("author");
        who[someone] = world.person("someone");
        who[follower] = world.stranger("follower");
        who[pending] = world.person("pending");
        who[named] = world.stranger("named");
        who[member] = world.person("member");
        who[asked_group] = world.person("asked");
        who[blocked] = world.person("blocked");
        const auto group = world.group("group", *who[author]);
        world.follow(*who[follower], *who[author]);
        world.follow(*who[pending], *who[author], FollowState::pending);
        world.follow(*who[member], group);
        world.follow(*who[asked_group], group, FollowState::pending);
        // Who is blocked sees nothing, whatever else speaks for it.
        world.follow(*who[blocked], *who[author]);
        world.follow(*who[blocked], group);
        world.block(*who[author], *who[blocked]);
        for (int v = 0; v < visibilities; ++v) {
            auto p = world.draft(*who[author]);
            p.visibility = Visibility(v);
            if (p.visibility == Visibility::group) p.group_id = group;
            posts[v] = world.store(p).id;
            put(db, repo::add_audience, posts[v], *who[named]);
            put(db, repo::add_audience, posts[v], *who[blocked]);
        }
    }

    // What the two doors say, which must agree.
    bool sees(sql::Db& db, int viewer, Id post) {
        const bool one = ask(db, repo::sees_post, who[viewer], post);
        const auto many = ask(db, repo::visible_posts, who[viewer], Ids{post});
        BOOST_TEST((many.size() == 1) == one);
        return one;
    }

    World world;
    std::array<std::optional<Id>, viewers> who;
    std::array<Id, visibilities> posts{};
};

using Answers = std::array<bool, Scene::visibilities>;

}  // namespace

KITH_STORAGE_TEST(who_sees_what_is_this_table) {
    Scene scene(db);
    // clang-format off
    const std::map<int, Answers> expected{
        //                    public unlisted followers direct group
        {Scene::nobody,      {true,  true,    false,    false, false}},
        {Scene::someone,     {true,  true,    false,    false, false}},
        {Scene::follower,    {true,  true,    true,     false, false}},
        {Scene::pending,     {true,  true,    false,    false, false}},
        {Scene::named,       {true,  true,    true,     true,  true}},
        {Scene::author,      {true,  true,    true,     true,  true}},
        {Scene::member,      {true,  true,    false,    false, true}},
        {Scene::asked_group, {true,  true,    false,    false, false}},
        {Scene::blocked,     {false, false,   false,    false, false}},
    };
    // clang-format on
    for (const auto& [viewer, answers] : expected)
        for (int v = 0; v < Scene::visibilities; ++v)
            BOOST_TEST(scene.sees(db, viewer, scene.posts[v]) == answers[v],
                       "viewer " << viewer << ", visibility " << v);
}

KITH_STORAGE_TEST(nobody_sees_a_deleted_post) {
    Scene scene(db);
    for (const auto post : scene.posts) {
        put(db, repo::scrub_post, post, noon);
        for (int viewer = 0; viewer < Scene::viewers; ++viewer)
            BOOST_TEST(!scene.sees(db, viewer, post));
    }
}

KITH_STORAGE_TEST(nobody_sees_posts_of_a_suspended_author_until_it_is_lifted) {
    Scene scene(db);
    put(db, repo::set_suspended, *scene.who[Scene::author], std::optional<TimeMs>(noon));
    for (const auto post : scene.posts)
        for (int viewer = 0; viewer < Scene::viewers; ++viewer)
            BOOST_TEST(!scene.sees(db, viewer, post));
    put(db, repo::set_suspended, *scene.who[Scene::author], std::optional<TimeMs>());
    BOOST_TEST(scene.sees(db, Scene::nobody, scene.posts[0]));
}

KITH_STORAGE_TEST(nobody_sees_posts_of_a_deleted_author) {
    Scene scene(db);
    put(db, repo::mark_actor_deleted, *scene.who[Scene::author], noon);
    for (const auto post : scene.posts)
        for (int viewer = 0; viewer < Scene::viewers; ++viewer)
            BOOST_TEST(!scene.sees(db, viewer, post));
}

KITH_STORAGE_TEST(a_thread_shows_each_viewer_its_own_part) {
    World world(db);
    const auto author = world.person("author"), follower = world.person("follower");
    world.follow(follower, author);
    const auto root = world.post(author), answer = world.reply(author, root);
    auto secret = world.draft(author);
    secret.thread_id = root;
    secret.visibility = Visibility::followers;
    world.store(secret);
    auto ids = [&](std::optional<Id> viewer, int limit) {
        Ids out;
        for (const auto& p : ask(db, repo::visible_thread, viewer, root, limit))
            out.push_back(p.id);
        return out;
    };
    BOOST_TEST(ids({}, 10) == (Ids{root, answer}), boost::test_tools::per_element());
    BOOST_TEST(ids(follower, 10) == (Ids{root, answer, secret.id}),
               boost::test_tools::per_element());
    BOOST_TEST(ids(follower, 2) == (Ids{root, answer}), boost::test_tools::per_element());
}

KITH_STORAGE_TEST(who_is_banned_for_good_is_no_member_to_read) {
    World world(db);
    const auto owner = world.person("owner"), member = world.person("reader"), group = world.group("club", owner);
    world.follow(member, group);
    auto draft = world.draft(owner);
    draft.visibility = Visibility::group;
    draft.group_id = group;
    const auto post = world.store(draft).id;
    const auto sees = [&] { return ask(db, repo::sees_post, std::optional(member), post); };
    BOOST_TEST(sees());
    put(db, repo::put_group_ban, model::GroupBan{group, member, "a", noon + 10, noon});
    BOOST_TEST(sees());
    put(db, repo::put_group_ban, model::GroupBan{group, member, "b", {}, noon});
    BOOST_TEST(!sees());
}

BOOST_AUTO_TEST_SUITE_END()
