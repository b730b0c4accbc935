// Answers, folded comments, and how long somebody waits in a slow group.
#include "storage/repo/comment_marks.hpp"

#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_pace.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_comment_marks)

namespace {

struct Garden {
    explicit Garden(sql::Db& opened) : db(opened), world(opened), ann(world.person("ann")), bob(world.person("bob")), group(world.group("garden", ann)) {}

    Id thread() {
        auto draft = world.draft(bob);
        draft.group_id = group;
        const auto post = world.store(draft);
        put(db, repo::add_thread, post, group);
        return post.id;
    }
    bool answer(Id thread, const std::string& ap_id, TimeMs at) {
        return put(db, repo::set_answer, repo::ThreadAnswer{thread, ap_id, bob, at});
    }
    std::string ap_id(Id post) { return world.post_row(post).ap_id; }
    Id shown(Id thread, std::optional<Id> viewer = {}) {
        const auto rows = must(db.read([&](sql::Tx& tx) { return repo::answers_of(tx, viewer, std::span(&thread, 1)); }));
        return rows.empty() ? 0 : rows[0].answer_id;
    }
    Ids threads(std::optional<bool> answered, repo::ThreadQuery query = {}) {
        query.group_id = group;
        query.answered = answered;
        query.order = repo::ThreadOrder::new_;
        Ids out;
        for (const auto& row : ask(db, repo::threads_page, std::optional<Id>{}, query)) out.push_back(row.post_id);
        return out;
    }

    sql::Db& db;
    World world;
    Id ann, bob, group;
};

}  // namespace

KITH_STORAGE_TEST(the_latest_word_about_an_answer_counts) {
    Garden g(db);
    const auto thread = g.thread(), one = g.world.reply(g.ann, thread), two = g.world.reply(g.bob, thread);
    BOOST_TEST(g.shown(thread) == 0);
    BOOST_TEST(g.answer(thread, g.ap_id(one), noon + 10));
    BOOST_TEST(!g.answer(thread, g.ap_id(two), noon + 9));
    BOOST_TEST(!g.answer(thread, g.ap_id(two), noon + 10));
    BOOST_TEST(g.shown(thread) == one);
    BOOST_TEST(g.answer(thread, g.ap_id(two), noon + 20));
    BOOST_TEST(g.shown(thread) == two);
    BOOST_TEST(must(db.read([&](sql::Tx& tx) { return repo::answers_among(tx, Ids{one, two, thread}); })) == Ids{two});
    BOOST_TEST(g.answer(thread, "", noon + 30));
    BOOST_TEST(g.shown(thread) == 0);
    BOOST_TEST(!g.answer(thread, g.ap_id(one), noon + 25));
    BOOST_TEST(ask(db, repo::find_answer, thread)->at == noon + 30);
}

KITH_STORAGE_TEST(an_answer_is_a_comment_of_its_thread_that_is_there) {
    Garden g(db);
    const auto thread = g.thread(), other = g.thread(), elsewhere = g.world.reply(g.ann, other);
    g.answer(thread, g.ap_id(elsewhere), noon);
    BOOST_TEST(g.shown(thread) == 0);
    g.answer(thread, g.ap_id(thread), noon + 1);
    BOOST_TEST(g.shown(thread) == 0);
    // One that comes later than the word of it.
    g.answer(thread, "https://there.example/late", noon + 2);
    BOOST_TEST(g.shown(thread) == 0);
    auto late = g.world.draft(g.world.stranger("far"));
    late.ap_id = "https://there.example/late";
    late.group_id = g.group;
    late.in_reply_to_id = thread;
    late.thread_id = thread;
    const auto comment = g.world.store(late).id;
    BOOST_TEST(g.shown(thread) == comment);
    put(db, repo::set_post_removed, comment, std::optional<TimeMs>(noon));
    BOOST_TEST(g.shown(thread) == 0);
    put(db, repo::set_post_removed, comment, std::optional<TimeMs>());
    BOOST_TEST(g.shown(thread) == 0);
    g.answer(thread, "https://there.example/late", noon + 3);
    BOOST_TEST(g.shown(thread) == comment);
    put(db, repo::scrub_post, comment, noon);
    BOOST_TEST(g.shown(thread) == 0);
    BOOST_TEST(ask(db, repo::find_answer, thread)->answer_ap_id == "");
}

KITH_STORAGE_TEST(threads_are_found_by_whether_they_have_an_answer) {
    Garden g(db);
    const auto first = g.thread(), second = g.thread(), third = g.thread();
    g.answer(second, g.ap_id(g.world.reply(g.ann, second)), noon);
    BOOST_TEST(g.threads({}) == (Ids{third, second, first}));
    BOOST_TEST(g.threads(true) == Ids{second});
    BOOST_TEST(g.threads(false) == (Ids{third, first}));
    BOOST_TEST(g.threads(false, {.after = double(third), .after_id = third}) == Ids{first});
    BOOST_TEST(g.threads(false, {.limit = 1}) == Ids{third});
    g.answer(second, "", noon + 1);
    BOOST_TEST(g.threads(true).empty());
    // Named before the thread was in the group.
    auto draft = g.world.draft(g.bob);
    draft.group_id = g.group;
    const auto post = g.world.store(draft);
    g.answer(post.id, "https://there.example/1", noon);
    put(db, repo::add_thread, post, g.group);
    BOOST_TEST(g.threads(true) == Ids{post.id});
}

KITH_STORAGE_TEST(what_is_folded_has_its_reason_until_it_is_unfolded) {
    Garden g(db);
    const auto thread = g.thread(), one = g.world.reply(g.ann, thread), two = g.world.reply(g.bob, thread);
    const auto folded = [&] {
        Ids out;
        for (const auto& row : ask(db, repo::folded_in_thread, std::optional<Id>{}, thread, 10)) out.push_back(row.post_id);
        return out;
    };
    BOOST_TEST(put(db, repo::fold_post, repo::FoldedRow{one, thread, "off topic", noon}));
    BOOST_TEST(!put(db, repo::fold_post, repo::FoldedRow{one, thread, "again", noon + 1}));
    BOOST_TEST(put(db, repo::fold_post, repo::FoldedRow{two, thread, "", noon}));
    BOOST_TEST(folded() == (Ids{two, one}));
    const auto among = must(db.read([&](sql::Tx& tx) { return repo::folded_among(tx, Ids{one}); }));
    BOOST_REQUIRE_EQUAL(among.size(), 1u);
    BOOST_TEST(among[0].reason == "off topic");
    BOOST_TEST(put(db, repo::unfold_post, one));
    BOOST_TEST(!put(db, repo::unfold_post, one));
    put(db, repo::set_post_removed, two, std::optional<TimeMs>(noon));
    BOOST_TEST(folded().empty());
}

KITH_STORAGE_TEST(the_pace_of_a_member_is_kept_by_group_and_kind) {
    Garden g(db);
    BOOST_TEST(!ask(db, repo::group_pace, g.group, g.bob).thread_at.has_value());
    put(db, repo::put_group_pace, g.group, g.bob, repo::GroupPace{.thread_at = noon, .comment_at = {}});
    put(db, repo::put_group_pace, g.group, g.bob, repo::GroupPace{.thread_at = noon, .comment_at = noon + 5});
    const auto pace = ask(db, repo::group_pace, g.group, g.bob);
    BOOST_TEST((pace.thread_at == noon && pace.comment_at == noon + 5));
    BOOST_TEST(!ask(db, repo::group_pace, g.group, g.ann).comment_at.has_value());
    model::GroupProfile profile{.group_id = g.group};
    profile.slow_threads_s = 60;
    profile.slow_comments_s = 5;
    put(db, repo::put_group_profile, profile);
    const auto read = ask(db, repo::group_profile, g.group);
    BOOST_TEST((read.slow_threads_s == 60 && read.slow_comments_s == 5));
}

BOOST_AUTO_TEST_SUITE_END()
