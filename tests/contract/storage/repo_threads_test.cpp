// Threads in each order, page by page, and comments in their places.
#include "storage/repo/threads.hpp"

#include "storage/repo/group_acts.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/post_marks.hpp"
#include "storage/repo/post_search.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using repo::ThreadOrder;

BOOST_AUTO_TEST_SUITE(repo_threads)

namespace {

struct Garden {
    explicit Garden(sql::Db& opened) : db(opened), world(opened), ann(world.person("ann")), bob(world.person("bob")), group(world.group("garden", ann)) {}

    Id thread(TimeMs at) {
        auto draft = world.draft(bob);
        draft.group_id = group;
        draft.published_at = at;
        const auto post = world.store(draft);
        put(db, repo::add_thread, post, group);
        return post.id;
    }
    void vote(Id actor, Id post, model::ReactionKind kind) {
        put(db, repo::put_reaction, model::Reaction{actor, post, kind, "r" + std::to_string(world.next_id()), noon}, world.next_id());
    }
    Ids order(ThreadOrder order, repo::ThreadQuery query = {}) {
        query.order = order;
        Ids out;
        for (const auto& row : ask(db, repo::threads_page, std::optional<Id>{}, query)) out.push_back(row.post_id);
        return out;
    }

    sql::Db& db;
    World world;
    Id ann, bob, group;
};

constexpr TimeMs hour = 3'600'000;

}  // namespace

KITH_STORAGE_TEST(threads_about_one_page_are_found) {
    Garden g(db);
    const auto about = [&](const std::string& link, model::Visibility visibility = model::Visibility::public_) {
        auto draft = g.world.draft(g.bob);
        draft.group_id = g.group;
        draft.link_url = link;
        draft.visibility = visibility;
        return g.world.store(draft).id;
    };
    const auto one = about("https://p.example/1"), two = about("https://p.example/1"), other = about("https://p.example/2");
    const auto hidden = about("https://p.example/1", model::Visibility::direct), without = about("");
    about("");
    BOOST_TEST(ask(db, repo::cross_posts, std::optional<Id>{}, one, 10) == Ids{two}, boost::test_tools::per_element());
    BOOST_TEST(ask(db, repo::cross_posts, std::optional(g.bob), one, 10) == (Ids{hidden, two}), boost::test_tools::per_element());
    for (const auto alone : {other, without}) BOOST_TEST(ask(db, repo::cross_posts, std::optional<Id>{}, alone, 10).empty());
}

KITH_STORAGE_TEST(threads_come_in_each_order) {
    Garden g(db);
    const auto old = g.thread(noon), middle = g.thread(noon + hour), fresh = g.thread(noon + 2 * hour);
    BOOST_TEST(g.order(ThreadOrder::new_) == (Ids{fresh, middle, old}));
    BOOST_TEST(g.order(ThreadOrder::old) == (Ids{old, middle, fresh}));
    BOOST_TEST(g.order(ThreadOrder::hot) == (Ids{fresh, middle, old}));
    BOOST_TEST(g.order(ThreadOrder::hot, {.limit = 1, .offset = 1}) == Ids{middle});
    BOOST_TEST(g.order(ThreadOrder::old, {.limit = 5, .offset = 2}) == Ids{fresh});
    for (int n = 0; n < 3; ++n) g.vote(g.world.person("fan" + std::to_string(n)), old, model::ReactionKind::like);
    BOOST_TEST(g.order(ThreadOrder::top).front() == old);
    BOOST_TEST(g.order(ThreadOrder::hot) == (Ids{old, fresh, middle}));
    g.vote(g.ann, fresh, model::ReactionKind::dislike);
    BOOST_TEST(g.order(ThreadOrder::top).back() == fresh);
    BOOST_TEST(g.order(ThreadOrder::controversial).size() == 3);
    put(db, repo::count_comment, middle, noon + 5 * hour, 1);
    BOOST_TEST(g.order(ThreadOrder::most_comments).front() == middle);
    BOOST_TEST(g.order(ThreadOrder::new_comments).front() == middle);
    BOOST_TEST(g.order(ThreadOrder::active).back() == fresh);
    put(db, repo::count_comment, middle, noon + 5 * hour, -1);
    BOOST_TEST(g.order(ThreadOrder::most_comments).front() == fresh);
    BOOST_TEST(g.order(ThreadOrder::new_, {.since = noon + hour}) == (Ids{fresh, middle}));
    put(db, repo::set_post_removed, fresh, std::optional<TimeMs>(noon));
    BOOST_TEST(g.order(ThreadOrder::new_) == (Ids{middle, old}));
}

KITH_STORAGE_TEST(threads_are_chosen_by_what_they_are) {
    Garden g(db);
    const auto first = g.thread(noon), second = g.thread(noon + hour), third = g.thread(noon + 2 * hour);
    auto draft = g.world.draft(g.ann);
    draft.group_id = g.group;
    draft.sensitive = true;
    draft.published_at = noon + 3 * hour;
    const auto marked = g.world.store(draft);
    put(db, repo::add_thread, marked, g.group);
    put(db, repo::pin, g.group, second, noon);
    put(db, repo::pin, g.bob, first, noon);  // on a profile, which is no matter of the group
    put(db, repo::count_comment, third, noon + 4 * hour, 1);
    const auto old = ThreadOrder::old;
    BOOST_TEST(g.order(old, {.group_id = g.group, .featured = repo::Featured::only}) == Ids{second});
    BOOST_TEST(g.order(old, {.group_id = g.group, .featured = repo::Featured::without}) == (Ids{first, third, marked.id}));
    BOOST_TEST(g.order(old, {.author_id = g.ann}) == Ids{marked.id});
    BOOST_TEST(g.order(old, {.without_comments = true}) == (Ids{first, second, marked.id}));
    BOOST_TEST(g.order(old, {.with_sensitive = false}) == (Ids{first, second, third}));
    BOOST_TEST(g.order(old, {.group_id = g.group, .author_id = g.bob, .with_sensitive = false, .featured = repo::Featured::without}) == (Ids{first, third}));
    put(db, repo::remove_thread, first);
    BOOST_TEST(g.order(old).size() == 3);
    BOOST_TEST(ask(db, repo::group_numbers, g.group, noon).threads == 3);
}

KITH_STORAGE_TEST(what_a_reader_hides_or_has_read_can_be_left_out) {
    Garden g(db);
    const auto first = g.thread(noon), second = g.thread(noon + hour), third = g.thread(noon + 2 * hour);
    const auto order_for = [&](Id viewer, repo::ThreadQuery query) {
        query.order = ThreadOrder::old;
        Ids out;
        for (const auto& row : ask(db, repo::threads_page, std::optional<Id>(viewer), query)) out.push_back(row.post_id);
        return out;
    };
    put(db, repo::set_post_hidden, g.ann, first, std::optional<TimeMs>(noon));
    put(db, repo::set_post_read, g.ann, first, std::optional<TimeMs>(noon + 1));
    put(db, repo::set_post_read, g.ann, second, std::optional<TimeMs>(noon + 2));
    BOOST_TEST(order_for(g.ann, {}) == (Ids{second, third}));
    BOOST_TEST(order_for(g.ann, {.with_hidden = true}) == (Ids{first, second, third}));
    BOOST_TEST(order_for(g.ann, {.with_hidden = true, .with_read = false}) == (Ids{third}));
    BOOST_TEST(order_for(g.bob, {.with_read = false}) == (Ids{first, second, third}));
    BOOST_TEST(g.order(ThreadOrder::old, {.with_read = false}) == (Ids{first, second, third}));

    // One mark does not take away the other.
    const auto marks = ask(db, repo::post_marks, g.ann, std::span<const Id>(Ids{first}));
    BOOST_REQUIRE_EQUAL(marks.size(), 1u);
    BOOST_TEST((marks[0].read_at == noon + 1 && marks[0].hidden_at == noon));
    const auto read = ask(db, repo::posts_read, g.ann, repo::MarkWindow{.at = noon + 10});
    BOOST_REQUIRE_EQUAL(read.size(), 2u);
    BOOST_TEST((Ids{read[0].post_id, read[1].post_id}) == (Ids{second, first}));
    BOOST_TEST(ask(db, repo::posts_read, g.ann, repo::MarkWindow{.at = noon + 2}).size() == 1);
    const auto before = ask(db, repo::posts_read, g.ann, repo::MarkWindow{.at = noon + 1, .post_id = first, .backwards = true});
    BOOST_TEST((before.size() == 1 && before[0].post_id == second));

    put(db, repo::set_post_hidden, g.ann, first, std::optional<TimeMs>());
    BOOST_TEST(order_for(g.ann, {}) == (Ids{first, second, third}));
    BOOST_TEST(ask(db, repo::posts_hidden, g.ann, repo::MarkWindow{.at = noon + 10}).empty());
    BOOST_TEST(ask(db, repo::posts_read, g.ann, repo::MarkWindow{.at = noon + 10}).size() == 2);
}

KITH_STORAGE_TEST(pages_follow_each_other_in_each_order) {
    Garden g(db);
    for (int n = 0; n < 5; ++n) g.thread(noon + n * hour);
    for (const auto order : {ThreadOrder::hot, ThreadOrder::active, ThreadOrder::new_, ThreadOrder::old, ThreadOrder::top,
                             ThreadOrder::most_comments, ThreadOrder::new_comments, ThreadOrder::controversial}) {
        Ids seen;
        repo::ThreadQuery query{.group_id = g.group, .order = order, .limit = 2};
        for (int page = 0; page < 4; ++page) {
            const auto rows = ask(db, repo::threads_page, std::optional<Id>{}, query);
            for (const auto& row : rows) seen.push_back(row.post_id);
            if (rows.empty()) break;
            query.after = rows.back().rank;
            query.after_id = rows.back().post_id;
        }
        BOOST_TEST(seen == g.order(order));
        BOOST_TEST(seen.size() == 5);
        query.backwards = true;  // from the last one to the first
        const auto before = ask(db, repo::threads_page, std::optional<Id>{}, query);
        BOOST_REQUIRE_EQUAL(before.size(), 2u);
        BOOST_TEST((Ids{before[0].post_id, before[1].post_id}) == (Ids{seen[2], seen[3]}));
        query.after = before[0].rank;
        query.after_id = before[0].post_id;
        const auto first = ask(db, repo::threads_page, std::optional<Id>{}, query);
        BOOST_REQUIRE_EQUAL(first.size(), 2u);
        BOOST_TEST((Ids{first[0].post_id, first[1].post_id}) == (Ids{seen[0], seen[1]}));
    }
}

KITH_STORAGE_TEST(threads_and_comments_have_words) {
    Garden g(db);
    const auto one = g.thread(noon), two = g.thread(noon + hour);
    put(db, repo::put_post_words, one, std::vector<std::string>{"roses", "bloom"});
    put(db, repo::put_post_words, two, std::vector<std::string>{"roses"});
    const auto found = [&](std::optional<Id> viewer, std::vector<std::string> words) {
        Ids out;
        const repo::ThreadQuery query{.group_id = g.group, .order = ThreadOrder::old, .words = std::move(words)};
        for (const auto& row : ask(db, repo::threads_page, viewer, query)) out.push_back(row.post_id);
        return out;
    };
    BOOST_TEST(found(g.bob, {"roses"}) == (Ids{one, two}));
    BOOST_TEST(found(g.bob, {"roses", "bloom"}) == Ids{one});
    BOOST_TEST(found(g.bob, {"thorns"}) == Ids{});
    BOOST_TEST(found(std::optional<Id>{}, {"roses"}) == Ids{});
    const repo::ThreadQuery about{.group_id = g.group, .link = "https://pages.example/"};
    BOOST_TEST(ask(db, repo::threads_page, std::optional<Id>(g.bob), about).empty());
    const repo::CommentQuery said{.thread_id = one, .words = {"roses"}};
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>(g.bob), said).empty());
}

KITH_STORAGE_TEST(threads_are_of_groups_that_somebody_follows_or_moderates) {
    Garden g(db);
    const auto thread = g.thread(noon);
    const auto other = g.world.group("other", g.bob);
    auto draft = g.world.draft(g.bob);
    draft.group_id = other;
    const auto elsewhere = g.world.store(draft);
    put(db, repo::add_thread, elsewhere, other);
    g.world.follow(g.ann, g.group);
    put(db, repo::join_group, other, g.bob, noon);
    put(db, repo::set_group_role, other, g.bob, model::GroupRole::moderator);
    BOOST_TEST(g.order(ThreadOrder::new_, {.follower_id = g.ann}) == Ids{thread});
    BOOST_TEST(g.order(ThreadOrder::new_, {.moderator_id = g.bob}) == Ids{elsewhere.id});
    BOOST_TEST(g.order(ThreadOrder::new_, {.local_groups = true}) == (Ids{elsewhere.id, thread}));
    BOOST_TEST(g.order(ThreadOrder::new_, {.group_id = other}) == Ids{elsewhere.id});
}

KITH_STORAGE_TEST(comments_have_their_places) {
    Garden g(db);
    const auto thread = g.thread(noon);
    const auto reply = [&](Id parent) {
        auto draft = g.world.draft(g.ann);
        draft.group_id = g.group;
        draft.in_reply_to_id = parent;
        draft.thread_id = thread;
        return g.world.store(draft).id;
    };
    const auto one = reply(thread), two = reply(one), three = reply(two);
    const auto paths = ask(db, repo::comment_paths, Ids{three, one});
    const auto text = [](std::initializer_list<Id> ids) {
        std::string out = "0";
        for (const auto id : ids) out += "." + std::to_string(id);
        return out;
    };
    BOOST_TEST(paths[0].path == text({one, two, three}));
    BOOST_TEST(paths[1].path == text({one}));
    BOOST_TEST(paths[0].below == 0);
    BOOST_TEST(paths[1].below == 2);
    put(db, repo::set_post_removed, two, std::optional<TimeMs>(noon));
    BOOST_TEST(ask(db, repo::comment_paths, Ids{one})[0].below == 1);  // what answers it is there
    put(db, repo::set_post_removed, two, std::optional<TimeMs>());
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>{}, repo::CommentQuery{.thread_id = thread}) == (Ids{three, two, one}));
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>{}, repo::CommentQuery{.thread_id = thread, .oldest_first = true, .limit = 2}) == (Ids{one, two}));
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>{}, repo::CommentQuery{.author_id = g.ann, .after_id = three}) == (Ids{two, one}));
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>{}, repo::CommentQuery{.thread_id = thread, .limit = 1, .offset = 1}) == Ids{two});
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>{}, repo::CommentQuery{.local_groups = true}).size() == 3);
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>{}, repo::CommentQuery{.follower_id = g.bob}).empty());
    BOOST_TEST(ask(db, repo::comments_page, std::optional<Id>{}, repo::CommentQuery{.since = noon + 365 * day_ms}).empty());
    BOOST_TEST(ask(db, repo::comments_since, thread, TimeMs(0)) == 3);
    put(db, repo::count_comment, thread, noon, 4);  // and one of somebody else's
    put(db, repo::forget_threads_of, g.ann);
    BOOST_TEST(ask(db, repo::thread_states, Ids{thread})[0].comments == 1);
    put(db, repo::count_comment, thread, noon, -1);
    BOOST_TEST(ask(db, repo::comments_since, thread, noon + day_ms) == 0);
    BOOST_TEST(ask(db, repo::group_totals).groups == 1);
    BOOST_TEST(ask(db, repo::group_totals).threads == 1);
    const auto numbers = ask(db, repo::person_numbers, Ids{g.ann, g.bob});
    for (const auto& n : numbers) {
        BOOST_TEST(n.threads == (n.actor_id == g.bob ? 1 : 0));
        BOOST_TEST(n.comments == (n.actor_id == g.ann ? 3 : 0));
    }
    BOOST_TEST(ask(db, repo::group_posts_of, std::optional<Id>{}, g.ann, std::optional<Id>{}, repo::Window{.below = three, .limit = 1}) == Ids{two});
    BOOST_TEST(ask(db, repo::group_numbers, g.group, noon).threads == 1);
    BOOST_TEST(!ask(db, repo::thread_states, Ids{thread})[0].featured);
}

BOOST_AUTO_TEST_SUITE_END()
