#include "storage/repo/emoji.hpp"
#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::CustomEmoji;
using model::EmojiReaction;

BOOST_AUTO_TEST_SUITE(repo_emoji)

namespace {

CustomEmoji blob(World& world, std::string_view url, TimeMs updated_at = 0,
                 std::string_view host = "there.example") {
    return {.id = world.next_id(),
            .host = std::string(host),
            .shortcode = "blob",
            .url = std::string(url),
            .updated_at = updated_at};
}

EmojiReaction reaction(World& world, Id actor, Id post, std::string_view name,
                       std::optional<Id> emoji = {}) {
    const auto id = world.next_id();
    return {.id = id,
            .actor_id = actor,
            .post_id = post,
            .name = std::string(name),
            .emoji_id = emoji,
            .ap_id = "https://there.example/react/" + std::to_string(id),
            .created_at = noon};
}

std::vector<repo::EmojiCountRow> counts(sql::Db& db, std::optional<Id> viewer, const Ids& posts) {
    return must(db.read([&](sql::Tx& tx) { return repo::emoji_counts(tx, viewer, posts); }));
}

std::vector<repo::PostEmojiRow> emojis(sql::Db& db, const Ids& posts) {
    return must(db.read([&](sql::Tx& tx) { return repo::emojis_of(tx, posts); }));
}

}  // namespace

KITH_STORAGE_TEST(an_emoji_is_one_row_a_host_and_an_older_picture_does_not_replace_it) {
    World world(db);
    const auto post = world.post(world.stranger("ann"));
    const auto id = put(db, repo::put_emoji, blob(world, "https://there.example/1.png", 10));
    put(db, repo::add_post_emoji, post, id);
    put(db, repo::add_post_emoji, post, id);
    BOOST_TEST(put(db, repo::put_emoji, blob(world, "https://there.example/0.png", 9)) == id);
    BOOST_TEST(emojis(db, {post}).at(0).url == "https://there.example/1.png");
    BOOST_TEST(put(db, repo::put_emoji, blob(world, "https://there.example/2.png", 11)) == id);
    BOOST_TEST(put(db, repo::put_emoji,
                   blob(world, "https://else.example/9.png", 99, "else.example")) != id);
    const auto shown = emojis(db, {post});
    BOOST_REQUIRE(shown.size() == 1u);
    BOOST_TEST(shown[0].post_id == post);
    BOOST_TEST(shown[0].shortcode == "blob");
    BOOST_TEST(shown[0].url == "https://there.example/2.png");
    put(db, repo::clear_post_emojis, post);
    BOOST_TEST(emojis(db, {post}).empty());
}

KITH_STORAGE_TEST(a_person_reacts_once_with_each_emoji) {
    World world(db);
    const auto ann = world.stranger("ann"), post = world.post(world.person("bob"));
    const auto fire = reaction(world, ann, post, "🔥");
    BOOST_TEST(put(db, repo::add_emoji_reaction, fire));
    BOOST_TEST(!put(db, repo::add_emoji_reaction, reaction(world, ann, post, "🔥")));
    BOOST_TEST(put(db, repo::add_emoji_reaction, reaction(world, ann, post, "🎉")));
    BOOST_TEST(ask(db, repo::count_emoji_reactions, ann, post) == 2);
    BOOST_TEST(ask(db, repo::find_emoji_reaction_by_ap_id, fire.ap_id).value().id == fire.id);
    const auto found = ask(db, repo::find_emoji_reaction, ann, post, "🔥").value();
    BOOST_TEST(found.id == fire.id);
    BOOST_TEST(found.actor_id == ann);
    BOOST_TEST(found.post_id == post);
    BOOST_TEST(!found.emoji_id.has_value());
    BOOST_TEST(put(db, repo::remove_emoji_reaction, fire.id));
    BOOST_TEST(!put(db, repo::remove_emoji_reaction, fire.id));
    BOOST_TEST(!ask(db, repo::find_emoji_reaction, ann, post, "🔥"));
    BOOST_TEST(ask(db, repo::count_emoji_reactions, ann, post) == 1);
}

KITH_STORAGE_TEST(reactions_are_counted_by_emoji_the_most_used_first) {
    World world(db);
    const auto ann = world.stranger("ann"), bea = world.stranger("bea", "else.example"),
               bob = world.person("bob");
    const auto post = world.post(bob), quiet = world.post(bob);
    const auto here = put(db, repo::put_emoji, blob(world, "https://there.example/1.png"));
    const auto else_ = put(db, repo::put_emoji, blob(world, "https://e/1.png", 0, "else.example"));
    put(db, repo::add_emoji_reaction, reaction(world, ann, post, ":blob:", here));
    put(db, repo::add_emoji_reaction, reaction(world, bea, post, ":blob:", else_));
    put(db, repo::add_emoji_reaction, reaction(world, ann, post, "🔥"));
    put(db, repo::add_emoji_reaction, reaction(world, bea, post, "🔥"));
    const auto shown = counts(db, bea, {quiet, post});
    BOOST_REQUIRE(shown.size() == 3u);  // one shortcode of two hosts is two emoji
    BOOST_TEST(shown[0].name == "🔥");
    BOOST_TEST(shown[0].url == "");
    BOOST_TEST(shown[0].count == 2);
    BOOST_TEST(shown[0].mine);
    BOOST_TEST(shown[1].url == "https://there.example/1.png");
    BOOST_TEST(!shown[1].mine);
    BOOST_TEST(shown[2].count == 1);
    BOOST_TEST(shown[2].mine);
    for (const auto& row : counts(db, {}, {post})) BOOST_TEST(!row.mine);
    put(db, repo::scrub_post, post, noon);
    BOOST_TEST(counts(db, bea, {post}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
