// Votes in polls.
#include "storage/repo/polls.hpp"

#include <array>

#include "storage/repo/posts.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using repo::Choice;

namespace {

struct Ballot {
    explicit Ballot(sql::Db& database) : db(database), world(database) {
        post = world.post(world.person("ann"));
        put(db, repo::put_poll, post,
            model::Poll{.voters_count = 0, .options = {{"a", 0}, {"b", 0}}});
    }
    bool vote(Id actor, int option, Choice choice) {
        return put(db, repo::add_vote,
                   repo::Vote{world.next_id(), post, actor, option, "", noon}, choice);
    }
    model::Poll poll() {
        const std::array posts{post};
        return ask(db, repo::polls_of, std::span<const Id>(posts)).front().poll;
    }

    sql::Db& db;
    World world;
    Id post = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(repo_polls)

KITH_STORAGE_TEST(one_choice_counts_once) {
    Ballot ballot(db);
    const auto bob = ballot.world.person("bob");
    BOOST_TEST(!ask(db, repo::has_voted, bob, ballot.post));
    BOOST_TEST(ballot.vote(bob, 1, Choice::one));
    BOOST_TEST(!ballot.vote(bob, 1, Choice::one));
    BOOST_TEST(!ballot.vote(bob, 0, Choice::one));
    BOOST_TEST(ask(db, repo::has_voted, bob, ballot.post));
    const auto poll = ballot.poll();
    BOOST_TEST((poll.options[0].votes == 0 && poll.options[1].votes == 1));
    BOOST_TEST((poll.voters_count == 1));
}

KITH_STORAGE_TEST(several_choices_are_one_voter) {
    Ballot ballot(db);
    const auto bob = ballot.world.person("bob"), cid = ballot.world.stranger("cid");
    BOOST_TEST(ballot.vote(bob, 0, Choice::several));
    BOOST_TEST(ballot.vote(bob, 1, Choice::several));
    BOOST_TEST(!ballot.vote(bob, 1, Choice::several));
    BOOST_TEST(ballot.vote(cid, 1, Choice::several));
    const auto poll = ballot.poll();
    BOOST_TEST((poll.options[0].votes == 1 && poll.options[1].votes == 2));
    BOOST_TEST((poll.voters_count == 2));
    const std::array posts{ballot.post};
    const auto own = ask(db, repo::votes_among, bob, std::span<const Id>(posts));
    BOOST_REQUIRE(own.size() == 2u);
    BOOST_TEST((own[0].option == 0 && own[1].option == 1));
    BOOST_TEST((ask(db, repo::local_voters, ballot.post, Id(0), 9) == Ids{bob}));
    BOOST_TEST(ask(db, repo::local_voters, ballot.post, bob, 9).empty());
}

KITH_STORAGE_TEST(results_replace_counts_and_an_end_stays) {
    Ballot ballot(db);
    put(db, repo::refresh_poll, ballot.post,
        model::Poll{.closes_at = noon, .voters_count = 9, .options = {{"a", 5}, {"b", 6}}});
    auto poll = ballot.poll();
    BOOST_TEST((poll.options[0].votes == 5 && poll.options[1].votes == 6));
    BOOST_TEST((poll.closes_at == noon && poll.voters_count == 9));
    BOOST_TEST(put(db, repo::close_poll, ballot.post, noon + 1));
    BOOST_TEST(!put(db, repo::close_poll, ballot.post, noon + 2));
    BOOST_TEST((ballot.poll().closed_at == noon + 1));
}

KITH_STORAGE_TEST(a_mark_is_raised_once) {
    Ballot ballot(db);
    BOOST_TEST(put(db, repo::raise_results_due, ballot.post));
    BOOST_TEST(!put(db, repo::raise_results_due, ballot.post));
    put(db, repo::lower_results_due, ballot.post);
    BOOST_TEST(put(db, repo::raise_results_due, ballot.post));
    BOOST_TEST(!ask(db, repo::is_end_watched, ballot.post));
    BOOST_TEST(put(db, repo::raise_end_watched, ballot.post));
    BOOST_TEST(ask(db, repo::is_end_watched, ballot.post));
    BOOST_TEST(!put(db, repo::raise_end_watched, ballot.post));
}

BOOST_AUTO_TEST_SUITE_END()
