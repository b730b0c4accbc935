// Rules of groups: what meets them, and what can be one.
#include "node/community/automod.hpp"

#include "base/core/clock.hpp"
#include "config/limits/groups.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using community::checked_rule;
using community::judged;
using community::meets;
using community::NewAutoRule;
using model::AutoRule;
using model::AutoRuleAction;
using model::AutoRuleKind;

namespace {

AutoRule rule(AutoRuleKind kind, std::vector<std::string> terms, int days = 0, int posts = 0) {
    auto made = checked_rule({.kind = kind, .action = AutoRuleAction::hold, .terms = std::move(terms), .days = days, .posts = posts, .reason = "because"});
    BOOST_REQUIRE(made.has_value());
    return *made;
}

bool refused(NewAutoRule wanted) {
    if (wanted.reason.empty()) wanted.reason = "because";
    return !checked_rule(wanted).has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(automod)

BOOST_AUTO_TEST_CASE(words_stand_for_themselves_in_any_case_and_script) {
    const auto ham = rule(AutoRuleKind::words, {" Ham ", "buy now", "Straße"});
    BOOST_TEST(meets(ham, judged("", "", "<p>green eggs and HAM!</p>", "")));
    BOOST_TEST(meets(ham, judged("Buy now, pay later", "", "", "")));
    BOOST_TEST(meets(ham, judged("", "about ham", "", "")));
    BOOST_TEST(meets(ham, judged("", "", "<p>in der STRASSE</p>", "")));
    BOOST_TEST(meets(ham, judged("", "", "<p>ｈａｍ</p>", "")));
    BOOST_TEST(!meets(ham, judged("Hamster", "", "<p>bu<b>y</b>er now</p>", "")));
    // What the HTML says is no word of the text.
    BOOST_TEST(!meets(rule(AutoRuleKind::words, {"href"}), judged("", "", "<a href=\"https://a.example/\">a</a>", "")));
}

BOOST_AUTO_TEST_CASE(a_domain_is_met_with_all_below_it_wherever_the_link_stands) {
    const auto spam = rule(AutoRuleKind::domains, {"Spam.example."});
    BOOST_TEST(spam.terms.front() == "spam.example");
    BOOST_TEST(meets(spam, judged("", "", "<a href=\"https://shop.spam.example/?a=1&amp;b\">x</a>", "")));
    BOOST_TEST(meets(spam, judged("", "", "", "http://SPAM.example/x")));
    BOOST_TEST(meets(spam, judged("", "", "<p>see https://spam.example</p>", "")));
    BOOST_TEST(!meets(spam, judged("", "", "<a href=\"https://notspam.example/spam.example\">spam.example</a>", "")));
    BOOST_TEST(!meets(spam, judged("", "", "<a href=\"https://spam.example.org/\">x</a>", "")));
}

BOOST_AUTO_TEST_CASE(newcomers_are_so_by_age_or_by_posts) {
    auto fresh = judged("", "", "", "");
    fresh.account_age_ms = 2 * day_ms;
    fresh.earlier_posts = 3;
    BOOST_TEST(meets(rule(AutoRuleKind::newcomers, {}, 3), fresh));
    BOOST_TEST(!meets(rule(AutoRuleKind::newcomers, {}, 2), fresh));
    BOOST_TEST(meets(rule(AutoRuleKind::newcomers, {}, 0, 4), fresh));
    BOOST_TEST(!meets(rule(AutoRuleKind::newcomers, {}, 0, 3), fresh));
}

BOOST_AUTO_TEST_CASE(the_first_rule_that_is_met_counts) {
    const std::vector<AutoRule> rules{rule(AutoRuleKind::words, {"a"}), rule(AutoRuleKind::words, {"b"}), rule(AutoRuleKind::words, {"b", "c"})};
    BOOST_TEST(community::first_met(rules, judged("b", "", "", "")) == &rules[1]);
    BOOST_TEST(!community::first_met(rules, judged("d", "", "", "")));
}

BOOST_AUTO_TEST_CASE(what_is_no_rule_is_refused) {
    BOOST_TEST(refused({.kind = AutoRuleKind::words, .terms = {}, .reason = {}}));
    BOOST_TEST(refused({.kind = AutoRuleKind::words, .terms = {"  "}, .reason = {}}));
    BOOST_TEST(refused({.kind = AutoRuleKind::words, .terms = {std::string(limits::auto_rule_term_bytes_max + 1, 'a')}, .reason = {}}));
    BOOST_TEST(refused({.kind = AutoRuleKind::words, .terms = std::vector<std::string>(limits::auto_rule_terms_max + 1, "a"), .reason = {}}));
    for (const auto* term : {"no domain", "http://a.example", "a.example/b", "a@b.example", "*.example"})
        BOOST_TEST(refused({.kind = AutoRuleKind::domains, .terms = {term}, .reason = {}}), term);
    BOOST_TEST(refused({.kind = AutoRuleKind::newcomers, .terms = {}, .reason = {}}));
    BOOST_TEST(refused({.kind = AutoRuleKind::newcomers, .terms = {}, .days = -1, .posts = 2, .reason = {}}));
    BOOST_TEST(refused({.kind = AutoRuleKind::newcomers, .terms = {}, .days = limits::newcomer_days_max + 1, .reason = {}}));
    BOOST_TEST(refused({.kind = AutoRuleKind::words, .terms = {"a"}, .reason = " "}));
}

BOOST_AUTO_TEST_SUITE_END()
