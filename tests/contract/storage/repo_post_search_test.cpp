// Posts by their words, on each engine's own index.
#include "storage/repo/post_search.hpp"

#include "base/text/tokenizer.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using repo::PostSearch;
using repo::SearchScope;

BOOST_AUTO_TEST_SUITE(repo_post_search)

namespace {

struct Library {
    explicit Library(sql::Db& opened) : db(opened), world(opened), ann(world.person("ann")), bob(world.person("bob")) {
        auto actor = world.actor(bob);
        actor.indexable = true;
        put(db, repo::update_actor, actor);
    }

    Id post(std::string_view text, Id author, model::Visibility visibility = model::Visibility::public_) {
        auto draft = world.draft(author);
        draft.visibility = visibility;
        const auto id = world.store(draft).id;
        put(db, repo::put_post_words, id, text::search_tokens(text));
        return id;
    }
    Ids find(Id viewer, std::string_view query, PostSearch search = {}) {
        search.words = text::query_tokens(query);
        return ask(db, repo::search_posts, viewer, search, 10, 0);
    }

    sql::Db& db;
    World world;
    Id ann, bob;
};

}  // namespace

KITH_STORAGE_TEST(all_words_in_any_script_are_found) {
    Library l(db);
    const auto tea = l.post("Grüner Tee in der Straße", l.bob), rice = l.post("今日は寿司を食べた", l.bob),
               hindi = l.post("मुझे चाय पसंद है", l.bob);
    BOOST_TEST(l.find(l.ann, "STRASSE gruner") == Ids{tea});
    BOOST_TEST(l.find(l.ann, "tee haus").empty());
    BOOST_TEST(l.find(l.ann, "stras").empty());
    BOOST_TEST(l.find(l.ann, "寿司") == Ids{rice});
    BOOST_TEST(l.find(l.ann, "चाय") == Ids{hindi});
    BOOST_TEST(l.find(l.ann, "the or and not").empty());
    put(db, repo::put_post_words, tea, text::search_tokens("Kaffee"));
    BOOST_TEST(l.find(l.ann, "tee").empty());
    BOOST_TEST(l.find(l.ann, "kaffee") == Ids{tea});
    BOOST_TEST(ask(db, repo::has_post_words, tea));
    put(db, repo::remove_post_words, tea);
    BOOST_TEST(!ask(db, repo::has_post_words, tea));
    BOOST_TEST(l.find(l.ann, "kaffee").empty());
}

KITH_STORAGE_TEST(who_finds_what_follows_from_what_they_may_see) {
    Library l(db);
    const auto open = l.post("walrus", l.bob), quiet = l.post("walrus", l.bob, model::Visibility::unlisted),
               hidden = l.post("walrus", l.bob, model::Visibility::followers), own = l.post("walrus", l.ann);
    BOOST_TEST(l.find(l.ann, "walrus") == (Ids{own, open}));
    BOOST_TEST(l.find(l.bob, "walrus") == (Ids{hidden, quiet, open}));   // ann's may not be searched
    put(db, repo::add_bookmark, l.ann, quiet, Id(900));
    BOOST_TEST(l.find(l.ann, "walrus") == (Ids{own, quiet, open}));
    BOOST_TEST(l.find(l.ann, "walrus", {.scope = SearchScope::library}) == (Ids{own, quiet}));
    BOOST_TEST(l.find(l.ann, "walrus", {.scope = SearchScope::open}) == (Ids{own, open}));
    BOOST_TEST(l.find(l.ann, "walrus", {.author = l.bob}) == (Ids{quiet, open}));
    BOOST_TEST(l.find(l.ann, "walrus", {.not_author = l.bob}) == Ids{own});
    BOOST_TEST(l.find(l.ann, "", {.author = l.ann}) == Ids{own});
    BOOST_TEST(l.find(l.ann, "walrus", {.until = own}) == (Ids{quiet, open}));
    BOOST_TEST(l.find(l.ann, "walrus", {.since = open}) == (Ids{own, quiet}));
    BOOST_TEST(l.find(l.ann, "walrus", {.poll = true}).empty());
    BOOST_TEST(l.find(l.ann, "walrus", {.reply = false}).size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
