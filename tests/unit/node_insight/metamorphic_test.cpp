#include <boost/test/unit_test.hpp>
#include <random>

#include "fixture.hpp"
#include "node/insight/graph.hpp"
#include "node/insight/report.hpp"
#include "node/insight/responsiveness.hpp"
#include "node/insight/shares.hpp"

// What must not change the report, and what must change it in one way only.
using namespace kith;
using namespace kith::insight;
using namespace kith::insight::test;

namespace {

const Window four_weeks{day(0), day(28)};

std::string report_of(const GroupHistory& history, View view = View::operators) {
    const Report report = make_report(history, day(28), view);
    return to_json(report) + to_text(report);
}

std::optional<Response> first_answer(const Known& known, const std::string& label) {
    for (Index i = 0; i < known.snapshot.posts().size(); ++i)
        if (known.label(i) == label) return known.responses.in_thread[i];
    throw std::runtime_error("no post " + label);
}

void shift(GroupHistory& history, TimeMs by) {
    for (Actor& actor : history.actors)
        for (Spell& spell : actor.spells) spell.joined_at += by;
    for (Contribution& c : history.contributions) c.at += by;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(insight_metamorphic)

BOOST_AUTO_TEST_CASE(a_hundred_posts_of_a_bot_change_nothing) {
    GroupHistory history = gold14();
    const Id bot = actor_named(history, "bot1").id;
    const Id e_post = post_labelled(history, "p12").object;
    for (int i = 0; i < 100; ++i) {
        Contribution c;
        c.object = 2'000'000 + i;
        c.author = bot;
        c.at = at(7, 13) + i * hour_ms;
        if (i % 2 == 0) c.parent = e_post;
        history.contributions.push_back(c);
    }
    BOOST_TEST(report_of(history) == report_of(gold14()));
}

BOOST_AUTO_TEST_CASE(every_activity_twice_changes_nothing) {
    GroupHistory history = gold14();
    const GroupHistory once = history;
    history.actors.insert(history.actors.end(), once.actors.begin(), once.actors.end());
    history.contributions.insert(history.contributions.end(), once.contributions.begin(),
                                 once.contributions.end());
    BOOST_TEST(report_of(history) == report_of(once));
}

BOOST_AUTO_TEST_CASE(the_order_of_arrival_changes_nothing) {
    GroupHistory history = gold14();
    std::mt19937 shuffler(14);
    for (int round = 0; round < 5; ++round) {
        std::shuffle(history.actors.begin(), history.actors.end(), shuffler);
        std::shuffle(history.contributions.begin(), history.contributions.end(), shuffler);
        BOOST_TEST(report_of(history) == report_of(gold14()));
    }
}

BOOST_AUTO_TEST_CASE(whole_weeks_later_the_numbers_are_the_same) {
    const Report now = make_report(gold14(), day(28), View::operators);
    GroupHistory history = gold14();
    shift(history, 3 * week_ms);
    const Report later = make_report(history, day(28) + 3 * week_ms, View::operators);
    BOOST_REQUIRE(now.metrics.size() == later.metrics.size());
    for (std::size_t i = 0; i < now.metrics.size(); ++i) {
        BOOST_TEST((now.metrics[i].value == later.metrics[i].value), now.metrics[i].id);
        BOOST_TEST(now.metrics[i].n == later.metrics[i].n);
    }
    BOOST_TEST((now.silent == later.silent));
    BOOST_TEST((now.isolated == later.isolated));
    for (std::size_t week = 0; week < 4; ++week)
        BOOST_TEST(now.weeks[week].joined.count == later.weeks[week].joined.count);
}

BOOST_AUTO_TEST_CASE(who_opts_out_is_named_nowhere_but_their_answers_still_count) {
    GroupHistory history = gold14();
    Actor& a = actor_named(history, "a");
    a.opted_out = true;
    a.name = "somebody-private";
    BOOST_TEST(report_of(history).find("somebody-private") == std::string::npos);

    const Known known(history);
    BOOST_TEST(first_answer(known, "p5").has_value());
    BOOST_TEST(first_answer(known, "p20").has_value());
    const auto graph = reply_graph(known.snapshot, four_weeks, GraphOf::members);
    BOOST_TEST(mutual_dyads(graph).size() == 2u);  // b-g, d-f
    BOOST_TEST(member_share(known.snapshot, four_weeks).by_members == 15);
}

BOOST_AUTO_TEST_CASE(who_is_not_discoverable_is_counted_but_not_named) {
    GroupHistory history = gold14();
    Actor& h = actor_named(history, "h");
    h.name = "shy-heron";
    h.discoverable = false;
    const Report report = make_report(history, day(28), View::operators);
    BOOST_TEST(report.isolated.size() == 3u);
    BOOST_TEST((to_json(report) + to_text(report)).find("shy-heron") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_deleted_answer_is_none) {
    GroupHistory history = gold14();
    post_labelled(history, "p7").deleted_at = day(20);
    BOOST_TEST(!first_answer(Known(history), "p5"));  // what is left are a bot's and c's own reply
    // Nobody knows on day 15 what will be deleted on day 20.
    BOOST_TEST(first_answer(Known(history, day(15)), "p5").has_value());
    GroupHistory without = gold14();
    std::erase_if(without.contributions, [](const Contribution& c) { return c.label == "p7"; });
    BOOST_TEST(report_of(history) == report_of(without));
}

BOOST_AUTO_TEST_CASE(an_answer_below_a_deleted_reply_still_answers_the_thread) {
    GroupHistory history = gold14();
    post_labelled(history, "p10").deleted_at = day(20);  // p11 answers it, but is d's own
    post_labelled(history, "p13").deleted_at = day(20);
    BOOST_TEST(!first_answer(Known(history), "p9"));
    Contribution late;
    late.object = 3'000'000;
    late.author = actor_named(history, "b").id;
    late.at = day(21);
    late.parent = post_labelled(history, "p13").object;
    history.contributions.push_back(late);
    const auto answer = first_answer(Known(history), "p9");
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->at == day(21));
}

BOOST_AUTO_TEST_CASE(an_operator_who_becomes_a_member_makes_the_members_share_whole) {
    GroupHistory history = gold14();
    actor_named(history, "op1").role = Role::member;
    const Known known(history);
    const auto share = member_share(known.snapshot, four_weeks);
    BOOST_TEST(share.by_members == 23);
    BOOST_TEST(share.of == 23);
}

BOOST_AUTO_TEST_CASE(posts_that_reply_in_a_circle_have_no_root_and_do_no_harm) {
    GroupHistory history = gold14();
    for (const auto& [object, parent] : {std::pair<Id, Id>{10, 11}, {11, 12}, {12, 10}, {13, 12}}) {
        Contribution c;
        c.object = object;
        c.author = actor_named(history, "a").id;
        c.at = day(20);
        c.parent = parent;
        history.contributions.push_back(c);
    }
    const Known known(history);
    const auto roots =
        root_waits(known.snapshot, known.responses, four_weeks, AnsweredBy::any_human);
    BOOST_TEST(roots.size() == 7u);
}

BOOST_AUTO_TEST_CASE(who_left_is_in_what_they_did_but_not_among_who_is_here) {
    GroupHistory history = gold14();
    actor_named(history, "d").spells[0].left_at = day(10);
    const Known known(history);
    const auto graph = reply_graph(known.snapshot, four_weeks, GraphOf::members);
    BOOST_TEST(graph.nodes.size() == 9u);
    BOOST_TEST(mutual_dyads(graph).size() == 3u);
    BOOST_TEST(member_share(known.snapshot, four_weeks).by_members == 21);
}

BOOST_AUTO_TEST_CASE(a_rejoin_keeps_the_first_join) {
    GroupHistory history = gold14();
    actor_named(history, "a").spells = {{day(20), {}}, {at(0, 1), day(19)}};
    BOOST_TEST(report_of(history) == report_of(gold14()));
}

BOOST_AUTO_TEST_CASE(the_suspended_and_the_groups_own_actor_count_nowhere) {
    GroupHistory history = gold14();
    Actor& group = actor_named(history, "bot1");
    group.role = Role::member;  // the role does not matter: it is the group itself
    history.group = group.id;
    BOOST_TEST(to_text(make_report(history, day(28), View::operators)) ==
               to_text(make_report(gold14(), day(28), View::operators)));
    actor_named(history, "f").suspended = true;
    const Known known(history);
    BOOST_TEST(first_answer(known, "p9")->at == at(7, 9));
    BOOST_TEST(member_share(known.snapshot, four_weeks).by_members == 20);
}

BOOST_AUTO_TEST_SUITE_END()
