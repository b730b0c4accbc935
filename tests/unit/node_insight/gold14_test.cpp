#include <boost/test/unit_test.hpp>
#include <cmath>

#include "fixture.hpp"
#include "node/insight/active.hpp"
#include "node/insight/graph.hpp"
#include "node/insight/newcomers.hpp"
#include "node/insight/responsiveness.hpp"
#include "node/insight/shares.hpp"
#include "node/insight/unanswered.hpp"

// The whole table of gold14-expected.txt for the metrics of the report.
using namespace kith;
using namespace kith::insight;
using namespace kith::insight::test;

namespace {

const Window four_weeks{day(0), day(28)};

using Curve = std::vector<std::pair<double, double>>;  // hours, share still waiting

Curve curve_of(const std::vector<SurvivalStep>& steps) {
    Curve curve;
    for (const SurvivalStep& step : steps)
        curve.emplace_back(double(step.time_ms) / hour_ms, std::round(step.survival * 1e4) / 1e4);
    return curve;
}

std::set<std::pair<std::string, std::string>> dyads_of(const Known& known,
                                                       const ReplyGraph& graph) {
    std::set<std::pair<std::string, std::string>> pairs;
    for (const Dyad& dyad : mutual_dyads(graph))
        pairs.insert(std::minmax(known.name(dyad.a), known.name(dyad.b)));
    return pairs;
}

std::string open_posts(const Known& known, Window window) {
    std::set<std::string> labels;
    for (const Unanswered& item : unanswered_queue(known.snapshot, known.responses, window).open)
        labels.insert(known.label(item.post));
    return joined(labels);
}

void check_step(const FunnelStep& step, std::int64_t reached, std::int64_t mature) {
    BOOST_TEST(step.reached == reached);
    BOOST_TEST(step.mature == mature);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(insight_gold14)

BOOST_AUTO_TEST_CASE(each_root_post_waits_as_long_as_counted_by_hand) {
    const Known known(gold14());
    std::map<std::string, std::pair<double, bool>> any, members;
    for (const auto& root :
         root_waits(known.snapshot, known.responses, four_weeks, AnsweredBy::any_human))
        any[known.label(root.post)] = {double(root.wait.time_ms) / hour_ms, root.wait.happened};
    for (const auto& root :
         root_waits(known.snapshot, known.responses, four_weeks, AnsweredBy::members_only))
        members[known.label(root.post)] = {double(root.wait.time_ms) / hour_ms, root.wait.happened};

    std::map<std::string, std::pair<double, bool>> expected = {
        {"p5", {4, true}},    {"p9", {1, true}},   {"p12", {492, false}}, {"p15", {24, true}},
        {"p20", {0.5, true}}, {"p22", {48, true}}, {"p25", {24, false}}};
    BOOST_TEST((any == expected));
    expected["p9"] = {24, true};  // f answers it; op1 did after an hour
    BOOST_TEST((members == expected));
}

BOOST_AUTO_TEST_CASE(the_waiting_curves_and_medians_are_those_of_kaplan_and_meier) {
    const Known known(gold14());
    const auto curve = [&](AnsweredBy by) {
        return kaplan_meier(waits_of(root_waits(known.snapshot, known.responses, four_weeks, by)));
    };
    const auto any = curve(AnsweredBy::any_human);
    const auto members = curve(AnsweredBy::members_only);
    BOOST_TEST((curve_of(any) ==
                Curve{{0.5, 0.8571}, {1, 0.7143}, {4, 0.5714}, {24, 0.4286}, {48, 0.2143}}));
    BOOST_TEST(
        (curve_of(members) == Curve{{0.5, 0.8571}, {4, 0.7143}, {24, 0.4286}, {48, 0.2143}}));
    BOOST_TEST(*median_wait(any) == 24 * hour_ms);
    BOOST_TEST(*median_wait(members) == 24 * hour_ms);
    BOOST_TEST(any[3].at_risk == 4);  // p25, censored at 24 h, is still at risk then
}

BOOST_AUTO_TEST_CASE(four_of_seven_posts_are_answered_within_a_day) {
    const Known known(gold14());
    const auto count = [&](AnsweredBy by, TimeMs limit_ms) {
        const auto roots = root_waits(known.snapshot, known.responses, four_weeks, by);
        const auto within = answered_within(roots, known.snapshot, limit_ms);
        return std::pair(within.answered, within.mature);
    };
    BOOST_TEST(
        (count(AnsweredBy::any_human, day_ms) == std::pair<std::int64_t, std::int64_t>(4, 7)));
    BOOST_TEST(
        (count(AnsweredBy::members_only, day_ms) == std::pair<std::int64_t, std::int64_t>(4, 7)));
    BOOST_TEST(
        (count(AnsweredBy::any_human, hour_ms) == std::pair<std::int64_t, std::int64_t>(2, 7)));
    BOOST_TEST(
        (count(AnsweredBy::members_only, hour_ms) == std::pair<std::int64_t, std::int64_t>(1, 7)));
}

BOOST_AUTO_TEST_CASE(one_of_five_first_answers_is_an_operators) {
    const Known known(gold14());
    const auto roots =
        root_waits(known.snapshot, known.responses, four_weeks, AnsweredBy::any_human);
    const auto counts = operator_answers(roots, known.snapshot);
    BOOST_TEST(counts.by_operators == 1);
    BOOST_TEST(counts.answered == 5);
}

BOOST_AUTO_TEST_CASE(replies_of_bots_and_of_the_author_leave_a_post_unanswered) {
    BOOST_TEST(open_posts(Known(gold14()), last_days(day(28), 28)) == "p12 p25");
    BOOST_TEST(open_posts(Known(gold14(), day(8)), last_days(day(8), 28)) == "p12");
}

BOOST_AUTO_TEST_CASE(the_queue_puts_first_posts_first_and_knows_what_is_overdue) {
    const Known known(gold14());
    const auto queue = unanswered_queue(known.snapshot, known.responses, last_days(day(28), 28));
    BOOST_REQUIRE(queue.open.size() == 2u);
    BOOST_TEST(known.label(queue.open[0].post) == "p12");
    BOOST_TEST(queue.open[0].first_post);
    BOOST_TEST(queue.open[0].overdue);
    BOOST_TEST(queue.open[0].age_ms == 492 * hour_ms);
    BOOST_TEST(known.label(queue.open[1].post) == "p25");
    BOOST_TEST(!queue.open[1].first_post);
    BOOST_TEST(!queue.open[1].overdue);  // 24 of 72 hours
    BOOST_TEST(queue.overdue == 1);
    // First contributions of a, b, c, d, f, g, i and the root p22, all in time.
    BOOST_TEST(queue.answered == 8);
    BOOST_TEST(queue.answered_in_time == 8);
}

BOOST_AUTO_TEST_CASE(a_post_enters_the_queue_after_its_grace) {
    BOOST_TEST(open_posts(Known(gold14(), at(7, 12) + 29 * minute_ms), four_weeks) == "");
    BOOST_TEST(open_posts(Known(gold14(), at(7, 12) + 30 * minute_ms), four_weeks) == "p12");
    BOOST_TEST(open_posts(Known(gold14(), at(27, 6) - 1), four_weeks) == "p12");
    BOOST_TEST(open_posts(Known(gold14(), at(27, 6)), four_weeks) == "p12 p25");
}

BOOST_AUTO_TEST_CASE(the_newcomer_funnel_narrows_as_counted_by_hand) {
    const Known known(gold14());
    const auto weeks = weekly_funnels(known.snapshot, known.responses, four_weeks);
    BOOST_REQUIRE(weeks.size() == 4u);
    const std::int64_t expected[4][5] = {
        {3, 3, 3, 1, 1}, {4, 4, 3, 2, 2}, {3, 1, 1, 1, 0}, {0, 0, 0, 0, 0}};
    for (std::size_t week = 0; week < 4; ++week) {
        const auto* row = expected[week];
        BOOST_TEST_CONTEXT("week " << week) {
            BOOST_TEST(weeks[week].joined == row[0]);
            check_step(weeks[week].posted, row[1], row[0]);
            check_step(weeks[week].answered, row[2], row[0]);
            check_step(weeks[week].returned, row[3], row[0]);
            check_step(weeks[week].tied, row[4], row[0]);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_funnel_step_is_judged_only_after_its_whole_horizon) {
    // On day 20 nobody of week 2 (joined on days 14 and 15) has had seven days.
    const Known early(gold14(), day(20));
    const Funnel week2 = funnel(early.snapshot, early.responses, {day(14), day(21)});
    BOOST_TEST(week2.joined == 3);
    check_step(week2.posted, 0, 0);
    // On day 21 h and i have: i posted and was answered, eight days have not passed since.
    const Known later(gold14(), day(21));
    const Funnel settled = funnel(later.snapshot, later.responses, {day(14), day(21)});
    check_step(settled.posted, 1, 2);
    check_step(settled.answered, 1, 2);
    check_step(settled.returned, 0, 1);
}

BOOST_AUTO_TEST_CASE(first_posts_get_their_answer) {
    const Known known(gold14());
    const auto day_limit = first_post_response(known.snapshot, known.responses, four_weeks, day_ms);
    BOOST_TEST(day_limit.answered == 7);  // all but e; g waited exactly a day
    BOOST_TEST(day_limit.mature == 8);
    const auto three = first_post_response(known.snapshot, known.responses, four_weeks, 3 * day_ms);
    BOOST_TEST(three.answered == 7);
    BOOST_TEST(three.all == 8);
    const auto hours_12 =
        first_post_response(known.snapshot, known.responses, four_weeks, 12 * hour_ms);
    BOOST_TEST(hours_12.answered == 6);
}

BOOST_AUTO_TEST_CASE(who_shows_nothing_in_fourteen_days_is_silent) {
    const Known known(gold14());
    const auto silent = silent_joiners(known.snapshot, 28);
    BOOST_TEST(known.names(silent.silent) == "h");  // j's 14 days are not over
    BOOST_TEST(silent.of == 9);
    GroupHistory liked = gold14();
    liked.reactions.push_back({actor_named(liked, "h").id, day(16), {}});
    const Known reacted(liked);
    BOOST_TEST(silent_joiners(reacted.snapshot, 28).silent.empty());
}

BOOST_AUTO_TEST_CASE(joins_of_members_count_by_the_day_they_fall_on) {
    const Known known(gold14());
    BOOST_TEST(known.names(joined_in(known.snapshot, {day(7), day(14)})) == "d e f g");
    BOOST_TEST(joined_in(known.snapshot, {day(21), day(28)}).empty());
}

BOOST_AUTO_TEST_CASE(active_members_by_day_are_half_open) {
    const std::map<int, std::string> expected = {{2, "a c"}, {8, "d e"},  {9, "a d f"},
                                                 {10, "g"},  {15, "a i"}, {28, "a"}};
    for (const auto& [as_of, names] : expected) {
        const Known known(gold14(), day(as_of));
        BOOST_TEST(known.names(active_people(known.snapshot, last_days(day(as_of), 1))) == names);
    }
}

BOOST_AUTO_TEST_CASE(active_members_by_week_and_four_weeks) {
    const std::int64_t expected[][3] = {{2, 3, 3},  {8, 4, 5},  {9, 4, 6},
                                        {10, 5, 7}, {15, 6, 8}, {28, 3, 8}};
    for (const auto& [as_of, week, month] : expected) {
        const Known known(gold14(), day(double(as_of)));
        const auto counts = active_counts(known.snapshot, day(double(as_of)));
        BOOST_TEST_CONTEXT("as of day " << as_of) {
            BOOST_TEST(counts.week == week);
            BOOST_TEST(counts.four_weeks == month);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_reply_graph_of_members) {
    const Known known(gold14());
    const auto graph = reply_graph(known.snapshot, four_weeks, GraphOf::members);
    BOOST_TEST(reciprocity(graph).of == 10);
    BOOST_TEST(reciprocity(graph).reciprocated == 8);
    BOOST_TEST(undirected_edges(graph) == 6);
    BOOST_TEST((dyads_of(known, graph) == std::set<std::pair<std::string, std::string>>{
                                              {"a", "b"}, {"a", "c"}, {"b", "g"}, {"d", "f"}}));
    BOOST_TEST(known.names(isolated_members(known.snapshot, graph)) == "e h j");
    BOOST_TEST(graph.nodes.size() == 10u);
    const auto parts = components(graph);
    BOOST_REQUIRE(parts.size() == 5u);
    BOOST_TEST(known.names(parts[0]) == "a b c g i");
    BOOST_TEST(known.names(parts[1]) == "d f");
}

BOOST_AUTO_TEST_CASE(the_reply_graph_with_operators) {
    const Known known(gold14());
    const auto graph = reply_graph(known.snapshot, four_weeks, GraphOf::members_and_operators);
    BOOST_TEST(reciprocity(graph).of == 13);
    BOOST_TEST(reciprocity(graph).reciprocated == 10);
    BOOST_TEST(undirected_edges(graph) == 8);
    BOOST_TEST((dyads_of(known, graph) ==
                std::set<std::pair<std::string, std::string>>{
                    {"a", "b"}, {"a", "c"}, {"b", "g"}, {"d", "f"}, {"d", "op1"}}));
    BOOST_TEST(known.names(isolated_members(known.snapshot, graph)) == "e h j");
    const auto parts = components(graph);
    BOOST_REQUIRE(parts.size() == 4u);
    BOOST_TEST(known.names(parts[0]) == "a b c d f g i op1");
}

BOOST_AUTO_TEST_CASE(members_make_21_of_23_contributions_and_three_make_half_of_them) {
    const Known known(gold14());
    const auto share = member_share(known.snapshot, four_weeks);
    BOOST_TEST(share.by_members == 21);
    BOOST_TEST(share.of == 23);
    std::map<std::string, std::int64_t> counts;
    std::vector<std::int64_t> numbers;
    for (const Contributor& c : contributors(known.snapshot, four_weeks)) {
        counts[known.name(c.person)] = c.contributions;
        numbers.push_back(c.contributions);
    }
    BOOST_TEST(
        (counts ==
         std::map<std::string, std::int64_t>{
             {"a", 6}, {"b", 2}, {"c", 3}, {"d", 3}, {"e", 2}, {"f", 1}, {"g", 2}, {"i", 2}}));
    BOOST_TEST(*contributor_absence_factor(numbers) == 3);
}

BOOST_AUTO_TEST_SUITE_END()
