#include <boost/test/unit_test.hpp>
#include <cmath>

#include "base/json/view.hpp"
#include "fixture.hpp"
#include "node/insight/report.hpp"

using namespace kith;
using namespace kith::insight;
using namespace kith::insight::test;

namespace {

json::Document parsed(const Report& report) {
    return value_of(json::Document::parse(to_json(report)));
}

double number(json::View view) { return view.maybe_number().value_or(std::nan("")); }

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The same community with everybody five times over: large enough for everyone's eyes.
GroupHistory five_gardens() {
    const GroupHistory one = gold14();
    GroupHistory five;
    five.name = one.name;
    five.group = one.group;
    for (Id copy = 0; copy < 5; ++copy) {
        const Id people = copy * 100;
        const Id objects = copy * 1'000;
        for (Actor actor : one.actors) {
            actor.id += people;
            five.actors.push_back(actor);
        }
        for (Contribution c : one.contributions) {
            c.object += objects;
            c.author += people;
            if (c.parent) *c.parent += objects;
            five.contributions.push_back(c);
        }
    }
    five.group = 9'999;
    return five;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(insight_report)

BOOST_AUTO_TEST_CASE(the_operators_json_carries_the_whole_table) {
    const auto document = parsed(make_report(gold14(), day(28), View::operators));
    const auto metrics = document["metrics"];
    const std::pair<const char*, double> expected[] = {
        {"M01.day", 1},
        {"M01.week", 3},
        {"M01.month", 8},
        {"M05.week", 0},
        {"M05.month", 10},
        {"M07", 1.0 / 9},
        {"M08.any_human", 24},
        {"M08.members_only", 24},
        {"M09.24h", 4.0 / 7},
        {"M09.1h", 2.0 / 7},
        {"M09.1h_members_only", 1.0 / 7},
        {"M09.24h_estimate", 1 - 0.428571428571},
        {"M10.24h", 7.0 / 8},
        {"M11.open", 2},
        {"M11.oldest", 492},
        {"M11.median_age", 258},
        {"M11.sla", 8.0 / 9},
        {"M15.dyads", 4},
        {"M15.reciprocity", 0.8},
        {"M15.dyads_with_operators", 5},
        {"M15.reciprocity_with_operators", 10.0 / 13},
        {"M16", 0.3},
        {"M23", 21.0 / 23},
        {"M23.first_answers_by_operators", 0.2},
        {"M25", 3}};
    for (const auto& [id, value] : expected)
        BOOST_TEST(std::abs(number(metrics[id]["value"]) - value) < 1e-9, id);
    BOOST_TEST(number(metrics["M09.24h"]["k"]) == 4);
    BOOST_TEST(number(metrics["M09.24h"]["n"]) == 7);
}

BOOST_AUTO_TEST_CASE(every_metric_comes_in_its_envelope) {
    const auto document = parsed(make_report(gold14(), day(28), View::operators));
    const auto metrics = document["metrics"];
    BOOST_TEST(metrics.member_count() > 20u);
    for (std::size_t i = 0; i < metrics.member_count(); ++i) {
        const auto metric = metrics.member(i);
        for (const char* name :
             {"metric", "definition_version", "group", "window", "as_of", "n", "value",
              "suppressed", "ci95", "included", "excluded", "visibility", "matured_share"})
            BOOST_TEST(!metric[name].is_absent(), metrics.member_name(i) << " has no " << name);
        BOOST_TEST(metric["metric"].string_or("") == metrics.member_name(i));
    }
    const auto month = metrics["M01.month"];
    BOOST_TEST(number(month["included"]) == 10);
    BOOST_TEST(number(month["excluded"]["bots"]) == 1);
    BOOST_TEST(number(month["excluded"]["operators"]) == 1);
    BOOST_TEST(number(month["excluded"]["opted_out"]) == 1);
    BOOST_TEST(month["visibility"].string_or("") == "mixed");
    BOOST_TEST(month["window"]["start"].string_or("") == "2026-01-05T00:00:00.000Z");
    BOOST_TEST(std::abs(number(metrics["M09.24h"]["ci95"].at(0)) - 0.2504) < 1e-3);
}

BOOST_AUTO_TEST_CASE(the_operators_json_names_who_waits_and_who_is_tied) {
    const auto document = parsed(make_report(gold14(), day(28), View::operators));
    const auto unanswered = document["unanswered"];
    BOOST_REQUIRE(unanswered.size() == 2u);
    BOOST_TEST(unanswered.at(0)["post"].string_or("") == "p12");
    BOOST_TEST(unanswered.at(0)["author"].string_or("") == "e");
    BOOST_TEST(unanswered.at(0)["overdue"].boolean().value());
    BOOST_TEST(document["relationships"]["dyads"].size() == 4u);
    BOOST_TEST(document["relationships"]["isolated"].size() == 3u);
    BOOST_TEST(document["newcomers"]["silent"].at(0).string_or("") == "h");
    BOOST_TEST(number(document["newcomers"]["weeks"].at(1)["answered"]["reached"]) == 3);
    BOOST_TEST(number(document["responsiveness"]["curve_any_human"].at(3)["hours"]) == 24);
}

BOOST_AUTO_TEST_CASE(everyone_sees_the_four_weeks_together_and_no_small_week) {
    const auto document = parsed(make_report(gold14(), day(28), View::everyone));
    const auto newcomers = document["newcomers"];
    BOOST_REQUIRE(newcomers["weeks"].size() == 4u);
    for (const auto week : newcomers["weeks"]) {
        BOOST_TEST(week["joined"].string_or("") == "<5");
        BOOST_TEST(week["posted"]["reached"].string_or("") == "<5");
    }
    BOOST_TEST(number(newcomers["four_weeks"]["joined"]) == 10);
    // Eight posted: that tells of two who did not.
    BOOST_TEST(newcomers["four_weeks"]["posted"]["reached"].string_or("") == "<5");
    const auto metrics = document["metrics"];
    BOOST_TEST(number(metrics["M01.month"]["value"]) == 8);
    for (const char* id : {"M01.day", "M01.week", "M07", "M09.24h", "M15.dyads", "M16", "M25"}) {
        BOOST_TEST(metrics[id]["suppressed"].boolean().value(), id);
        BOOST_TEST(metrics[id]["value"].string_or("") == "<5", id);
        BOOST_TEST(metrics[id]["k"].is_absent(), id);
        BOOST_TEST(metrics[id]["ci95"].is_nothing(), id);
    }
    // 57 % of seven posts would tell the four that M09.24h hides.
    BOOST_TEST(metrics["M09.24h_estimate"].is_absent());
}

BOOST_AUTO_TEST_CASE(everyone_sees_no_name_no_queue_and_whole_weeks_only) {
    GroupHistory history = gold14();
    for (Actor& actor : history.actors) actor.name = "person-" + actor.name;
    for (Contribution& c : history.contributions) c.label = "post-" + c.label;
    const Report report = make_report(history, day(30), View::everyone);
    BOOST_TEST(report.as_of == day(28));
    for (const std::string& text : {to_json(report), to_text(report)}) {
        BOOST_TEST(!contains(text, "person-"));
        BOOST_TEST(!contains(text, "post-p"));
        BOOST_TEST(!contains(text, "M11"));
    }
}

BOOST_AUTO_TEST_CASE(what_concerns_enough_people_is_shown_to_everyone) {
    const auto document = parsed(make_report(five_gardens(), day(28), View::everyone));
    const auto metrics = document["metrics"];
    BOOST_TEST(number(metrics["M01.day"]["value"]) == 5);
    BOOST_TEST(number(metrics["M09.24h"]["k"]) == 20);
    BOOST_TEST(number(metrics["M16"]["k"]) == 15);
    BOOST_TEST(number(metrics["M15.dyads"]["value"]) == 20);
    const auto four_weeks = document["newcomers"]["four_weeks"];
    BOOST_TEST(number(four_weeks["joined"]) == 50);
    BOOST_TEST(number(four_weeks["posted"]["reached"]) == 40);
    BOOST_TEST(number(four_weeks["answered"]["reached"]) == 35);
    // No week is shown whose number the total would give away: week 3 has no joins.
    const auto weeks = document["newcomers"]["weeks"];
    BOOST_TEST(weeks.at(3)["joined"].string_or("") == "<5");
    BOOST_TEST(weeks.at(0)["joined"].string_or("") == "<5");  // the smallest other
    BOOST_TEST(number(weeks.at(1)["joined"]) == 20);
}

BOOST_AUTO_TEST_CASE(the_text_says_it_in_words_numbers_and_bars) {
    const std::string text = to_text(make_report(gold14(), day(28), View::operators));
    for (const char* part :
         {"garden, as of 2026-02-02T00:00 UTC", "10 members (2 on other servers)",
          "1 who opted out", "e                    first post waits 20.5 days overdue  p12",
          "No visible action in their first 14 days: h.", "57 % (4 of 7; 95 % CI 25 % to 84 %)",
          "Tied to nobody: e, h, j.", "a - b", "Connected parts of the group: 5 2 1 1 1 people.",
          "█"})
        BOOST_TEST(contains(text, part), part);
}

BOOST_AUTO_TEST_CASE(ties_and_contributors_of_equal_weight_stand_by_name_not_by_id) {
    GroupHistory history = gold14();
    const Report report = make_report(history, day(28), View::operators);
    BOOST_REQUIRE(report.ties_with_operators.size() == 5u);
    BOOST_TEST(report.ties_with_operators.front().a == "a");
    BOOST_TEST(report.ties_with_operators.back().b == "op1");
    BOOST_REQUIRE(report.contributors.size() == 8u);
    BOOST_TEST(report.contributors[1].person == "c");
    BOOST_TEST(report.contributors[2].person == "d");
}

BOOST_AUTO_TEST_CASE(a_name_cannot_steer_the_terminal) {
    GroupHistory history = gold14();
    actor_named(history, "e").name = "e\x1b[2J\xe2\x80\xae\xc2\x9b";
    const std::string text = to_text(make_report(history, day(28), View::operators));
    BOOST_TEST(contains(text, "e?[2J??"));
    BOOST_TEST(!contains(text, "\x1b"));
}

BOOST_AUTO_TEST_CASE(an_empty_group_has_a_report_too) {
    GroupHistory history;
    history.name = "nobody";
    for (const View view : {View::operators, View::everyone}) {
        const Report report = make_report(history, day(28), view);
        BOOST_TEST(!parsed(report)["metrics"]["M08.any_human"].is_absent());
        BOOST_TEST(contains(to_text(report), "nobody"));
    }
    const Report report = make_report(history, day(28), View::operators);
    BOOST_TEST(!find_metric(report, "M23")->value);
    BOOST_TEST(contains(to_text(report), "Nobody is waiting."));
}

BOOST_AUTO_TEST_SUITE_END()
