// Groups that move between hosts.
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/threads.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

namespace {

// A group here with a thread of two comments, and an empty one.
struct Place {
    explicit Place(sql::Db& d) : db(d), world(d) {
        ann = world.person("ann");
        eve = world.stranger("eve");
        from = world.group("from", ann);
        to = world.group("to", ann);
        first = world.group_post(ann, from);
        put(db, repo::add_group_entry, repo::GroupEntry{world.next_id(), from, first, "https://here.example/e/1"});
        put(db, repo::add_thread, world.post_row(first), from);
        for (int n = 0; n < 2; ++n) {
            auto draft = world.draft(eve);
            draft.group_id = from;
            draft.in_reply_to_id = first;
            draft.thread_id = first;
            comments.push_back(world.store(draft).id);
        }
    }
    sql::Db& db;
    World world;
    Id ann, eve, from, to, first;
    Ids comments;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(repo_group_moves)

KITH_STORAGE_TEST(how_far_a_move_is_is_kept) {
    Place p(db);
    BOOST_TEST(!ask(db, repo::find_group_move, p.from).has_value());
    model::GroupMove move{.group_id = p.from, .other_id = p.to, .ap_id = "https://here.example/offer", .started_at = noon};
    put(db, repo::put_group_move, move);
    BOOST_TEST(!ask(db, repo::moved_from_here_to, p.to, noon));
    move.state = model::GroupMoveState::moved;
    move.moved_at = noon + 5;
    move.page = "https://there.example/page";
    put(db, repo::put_group_move, move);
    const auto found = ask(db, repo::find_group_move, p.from);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->state == model::GroupMoveState::moved && !found->arrives && found->page == move.page && found->moved_at == noon + 5));
    BOOST_TEST(ask(db, repo::find_group_move_by_ap_id, std::string_view(move.ap_id)).has_value());
    BOOST_TEST(ask(db, repo::moved_from_here_to, p.to, noon + 5));
    BOOST_TEST(!ask(db, repo::moved_from_here_to, p.to, noon + 6));
    BOOST_TEST(ask(db, repo::group_moves, 9).size() == 1u);
    put(db, repo::remove_group_move, p.from);
    BOOST_TEST(ask(db, repo::group_moves, 9).empty());
}

KITH_STORAGE_TEST(what_the_new_host_reads) {
    Place p(db);
    for (const auto id : {p.ann, p.eve}) put(db, repo::join_group, p.from, id, noon);
    put(db, repo::set_group_role, p.from, p.ann, model::GroupRole::owner);
    const auto members = ask(db, repo::members_page, p.from, Id(0), 9);
    BOOST_REQUIRE(members.size() == 2u);
    BOOST_TEST((members[0].actor_id == p.ann && members[0].role == model::GroupRole::owner && members[0].joined_at == noon));
    BOOST_TEST(ask(db, repo::members_page, p.from, p.ann, 9).size() == 1u);
    put(db, repo::leave_group, p.from, p.eve, noon);
    BOOST_TEST(ask(db, repo::members_page, p.from, p.ann, 9).empty());

    put(db, repo::put_group_ban, model::GroupBan{p.from, p.eve, "https://here.example/block", std::nullopt, noon});
    BOOST_TEST(ask(db, repo::bans_page, p.from, Id(0), 9).size() == 1u);

    put(db, repo::set_post_removed, p.comments[0], std::optional<TimeMs>(noon));
    const auto history = ask(db, repo::history_page, p.from, Id(0), 9);
    BOOST_REQUIRE(history.size() == 3u);
    BOOST_TEST((history[0].post.id == p.first && history[0].entry_id && !history[0].removed));
    BOOST_TEST((history[1].removed && !history[1].entry_id && history[1].thread_ap_id == history[0].post.ap_id));
    BOOST_TEST(ask(db, repo::history_page, p.from, p.first, 1)[0].post.id == p.comments[0]);

    put(db, repo::put_reaction, model::Reaction{p.eve, p.first, model::ReactionKind::dislike, "https://there.example/1", noon}, p.world.next_id());
    const auto votes = ask(db, repo::group_votes_page, p.from, Id(0), Id(0), 9);
    BOOST_REQUIRE(votes.size() == 1u);
    BOOST_TEST((votes[0].actor_id == p.eve && votes[0].reaction.kind == model::ReactionKind::dislike));
    BOOST_TEST(ask(db, repo::group_votes_page, p.from, p.first, p.eve, 9).empty());
}

KITH_STORAGE_TEST(who_and_what_is_waited_for) {
    Place p(db);
    const std::string_view eve = "https://there.example/u/eve";
    put(db, repo::expect_member, p.to, repo::MemberRow{0, std::string(eve), model::GroupRole::moderator, noon});
    put(db, repo::expect_member, p.to, repo::MemberRow{0, std::string(eve), model::GroupRole::greeter, noon + 1});
    BOOST_TEST(ask(db, repo::is_expected_member, p.to, eve));
    BOOST_TEST(!ask(db, repo::is_expected_member, p.from, eve));
    const auto kept = put(db, repo::take_expected_member, p.to, eve);
    BOOST_TEST((kept && kept->role == model::GroupRole::greeter && kept->joined_at == noon + 1));
    BOOST_TEST(!put(db, repo::take_expected_member, p.to, eve).has_value());
    put(db, repo::join_group, p.to, p.eve, noon + 9);
    put(db, repo::set_membership, p.to, p.eve, model::GroupRole::moderator, noon);
    BOOST_TEST(ask(db, repo::find_membership, p.to, p.eve)->joined_at == noon);

    for (const auto* id : {"https://x.example/2", "https://x.example/1", "https://x.example/1"})
        put(db, repo::await_post, repo::AwaitedPost{p.to, id, "{}", noon});
    BOOST_TEST(ask(db, repo::awaited_posts, p.to, std::string_view(), 9).size() == 2u);
    BOOST_TEST(ask(db, repo::awaited_posts, p.to, std::string_view("https://x.example/1"), 9)[0].ap_id == "https://x.example/2");
    put(db, repo::forget_awaited_post, p.to, std::string_view("https://x.example/2"));
    BOOST_TEST(ask(db, repo::awaited_posts, p.to, std::string_view(), 9).size() == 1u);

    repo::CarriedVote vote{"https://x.example/1", std::string(eve), model::ReactionKind::dislike, "https://there.example/v", noon, false};
    put(db, repo::carry_vote, vote);
    put(db, repo::carry_vote, vote);
    BOOST_TEST(ask(db, repo::uncounted_votes, std::string_view(vote.post_ap_id), 9).size() == 1u);
    put(db, repo::set_vote_counted, vote);
    put(db, repo::carry_vote, vote);
    BOOST_TEST(ask(db, repo::uncounted_votes, std::string_view(vote.post_ap_id), 9).empty());
    BOOST_TEST(ask(db, repo::find_carried_vote, std::string_view(vote.post_ap_id), eve)->counted);
    BOOST_TEST((ask(db, repo::find_carried_vote_by_ap_id, std::string_view(vote.ap_id))->kind == model::ReactionKind::dislike));
    put(db, repo::remove_carried_vote, vote);
    BOOST_TEST(!ask(db, repo::find_carried_vote, std::string_view(vote.post_ap_id), eve).has_value());
}

KITH_STORAGE_TEST(a_thread_goes_to_another_group_and_all_rows_with_it) {
    Place p(db);
    BOOST_TEST(ask(db, repo::posts_in_group, p.from, 9).size() == 3u);
    BOOST_TEST(ask(db, repo::posts_in_thread, p.first, p.first, 9).size() == 2u);
    for (const auto post : ask(db, repo::posts_in_group, p.from, 9)) put(db, repo::set_place, post, p.to);
    put(db, repo::move_entry, p.from, p.first, p.to, std::string_view("https://here.example/e/2"));
    put(db, repo::recount_thread, p.first);
    const auto entry = ask(db, repo::find_group_entry_of, p.to, p.first);
    BOOST_TEST((entry && entry->ap_id == "https://here.example/e/2"));
    BOOST_TEST(!ask(db, repo::find_group_entry_of, p.from, p.first).has_value());
    BOOST_TEST(ask(db, repo::posts_in_group, p.from, 9).empty());
    BOOST_TEST((p.world.post_row(p.comments[1]).group_id == p.to));
    repo::ThreadQuery query;
    query.group_id = p.to;
    const std::optional author(p.world.post_row(p.first).actor_id);  // who sees it, member or not
    BOOST_TEST(ask(db, repo::threads_page, author, query).size() == 1u);
    BOOST_TEST(ask(db, repo::thread_states, std::span<const Id>(&p.first, 1))[0].comments == 2);

    put(db, repo::put_group_ban, model::GroupBan{p.from, p.eve, "https://here.example/block", std::nullopt, noon});
    put(db, repo::pin, p.from, p.first, noon);
    model::GroupAct act{.id = p.world.next_id(), .kind = model::GroupActKind::lock_post, .group_id = p.from, .moderator_id = p.ann,
                        .post_id = p.first, .target_id = {}, .reason = "", .expires_at = {}, .with_posts = false,
                        .ap_id = "https://here.example/act", .undoes_id = {}, .at = noon};
    put(db, repo::add_group_act, act);
    BOOST_TEST(put(db, repo::move_group_rows, p.from, p.to, 9) == 1);
    BOOST_TEST(put(db, repo::move_group_rows, p.from, p.to, 9) == 0);
    BOOST_TEST(ask(db, repo::is_banned, p.to, p.eve, noon));
    BOOST_TEST(!ask(db, repo::is_banned, p.from, p.eve, noon));
    BOOST_TEST((ask(db, repo::pinned_by, p.to) == Ids{p.first}));
    BOOST_TEST((ask(db, repo::find_group_act, act.id)->group_id == p.to));
    put(db, repo::move_act, std::string_view(act.ap_id), p.from, p.from);
    BOOST_TEST((ask(db, repo::find_group_act, act.id)->group_id == p.to));  // it was no act of that group
    put(db, repo::move_act, std::string_view(act.ap_id), p.to, p.from);
    BOOST_TEST((ask(db, repo::find_group_act, act.id)->group_id == p.from));

    put(db, repo::note_moved_thread, p.first, p.from, noon);
    put(db, repo::note_moved_thread, p.first, p.from, noon + 1);
    BOOST_TEST(ask(db, repo::was_thread_of, p.first, p.from));
    BOOST_TEST(!ask(db, repo::was_thread_of, p.first, p.to));
}

KITH_STORAGE_TEST(an_answer_to_what_is_not_there_stands_in_its_thread) {
    Place p(db);
    auto draft = p.world.draft(p.eve);
    draft.group_id = p.from;
    draft.in_reply_to_ap_id = "https://there.example/gone";
    const auto orphan = p.world.store(draft).id;
    put(db, repo::place_orphan, orphan, p.first);
    BOOST_TEST(p.world.post_row(orphan).thread_id == p.first);
    put(db, repo::place_orphan, p.comments[0], orphan);
    BOOST_TEST(p.world.post_row(p.comments[0]).thread_id == p.first);
}

BOOST_AUTO_TEST_SUITE_END()
