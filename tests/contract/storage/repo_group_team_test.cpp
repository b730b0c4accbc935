// Groups' teams: roles, appeals, notes, strikes, proposals, rules, posts that wait, reports that teams see.
#include "storage/repo/group_team.hpp"

#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_queue.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/reports.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::GroupActKind;
using model::TeamRole;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_group_team)

namespace {

struct Garden {
    explicit Garden(sql::Db& opened)
        : db(opened), world(opened), ann(world.person("ann")), bob(world.person("bob")), eve(world.person("eve")), group(world.group("garden", ann)) {
        post = posted();
    }

    Id posted() {
        auto draft = world.draft(bob);
        draft.group_id = group;
        draft.title = "Roses";
        draft.source = "red ones";
        return world.store(draft).id;
    }

    model::GroupAct done(GroupActKind kind, std::optional<Id> about) {
        model::GroupAct act;
        act.id = world.next_id();
        act.kind = kind;
        act.group_id = group;
        act.moderator_id = ann;
        act.post_id = about;
        act.target_id = bob;
        act.ap_id = "act" + std::to_string(act.id);
        act.at = noon;
        act.rule = "be kind";
        act.role = TeamRole::steward;
        act.given_role = TeamRole::host;
        act.quiet = kind == GroupActKind::warn;
        BOOST_TEST(put(db, repo::add_group_act, act));
        return act;
    }

    sql::Db& db;
    World world;
    Id ann, bob, eve, group, post = 0;
};

Ids posts_of(const std::vector<model::HeldPost>& rows) {
    Ids out;
    for (const auto& row : rows) out.push_back(row.post_id);
    return out;
}

}  // namespace

KITH_STORAGE_TEST(an_act_keeps_its_rule_and_role_and_quiet_ones_are_asked_for) {
    Garden g(db);
    const auto warned = g.done(GroupActKind::warn, g.post);
    const auto kept = *ask(db, repo::find_group_act, warned.id);
    BOOST_TEST(kept.rule == "be kind");
    BOOST_TEST(int(kept.role) == int(TeamRole::steward));
    BOOST_TEST(int(kept.given_role) == int(TeamRole::host));
    BOOST_TEST(kept.quiet);
    repo::GroupActFilter filter{.group_id = g.group, .post_id = {}, .target_id = {}, .moderator_id = {}};
    BOOST_TEST(ask(db, repo::group_acts_page, filter, Window{}).empty());
    filter.with_quiet = true;
    BOOST_TEST(ask(db, repo::group_acts_page, filter, Window{}).size() == 1);
}

KITH_STORAGE_TEST(roles_are_given_changed_and_taken) {
    Garden g(db);
    BOOST_TEST(int(ask(db, repo::helper_role, g.group, g.bob)) == int(TeamRole::none));
    put(db, repo::put_helper_role, g.group, g.bob, TeamRole::greeter, noon);
    put(db, repo::put_helper_role, g.group, g.eve, TeamRole::host, noon);
    put(db, repo::put_helper_role, g.group, g.bob, TeamRole::steward, noon + 1);
    BOOST_TEST(int(ask(db, repo::helper_role, g.group, g.bob)) == int(TeamRole::steward));
    const auto all = ask(db, repo::helpers, g.group);
    BOOST_REQUIRE(all.size() == 2);
    BOOST_TEST(all.front().actor.id == g.bob);
    BOOST_TEST(put(db, repo::remove_helper_role, g.group, g.bob));
    BOOST_TEST(!put(db, repo::remove_helper_role, g.group, g.bob));
}

KITH_STORAGE_TEST(an_act_has_one_appeal) {
    Garden g(db);
    const auto act = g.done(GroupActKind::remove_post, g.post);
    model::GroupAppeal appeal;
    appeal.id = g.world.next_id();
    appeal.act_id = act.id;
    appeal.group_id = g.group;
    appeal.actor_id = g.bob;
    appeal.text = "no";
    appeal.at = noon;
    BOOST_TEST(put(db, repo::add_appeal, appeal));
    auto again = appeal;
    again.id = g.world.next_id();
    BOOST_TEST(!put(db, repo::add_appeal, again));
    BOOST_TEST(ask(db, repo::appeals_page, g.group, false, Window{}).size() == 1);
    appeal.decided_at = noon + 5;
    appeal.decided_by_id = g.ann;
    appeal.accepted = true;
    appeal.answer = "sorry";
    put(db, repo::decide_appeal, appeal);
    BOOST_TEST(ask(db, repo::appeals_page, g.group, false, Window{}).empty());
    const auto decided = *ask(db, repo::find_appeal_of, act.id);
    BOOST_TEST(decided.accepted);
    BOOST_TEST(decided.answer == "sorry");
    BOOST_TEST(*decided.decided_by_id == g.ann);
}

KITH_STORAGE_TEST(strikes_are_acts_that_stand_and_are_not_old) {
    Garden g(db);
    const auto other = g.posted();
    g.done(GroupActKind::remove_post, g.post);
    g.done(GroupActKind::warn, other);
    g.done(GroupActKind::ban, std::nullopt);
    g.done(GroupActKind::lock_post, g.post);
    const auto strikes = [&](TimeMs since) { return ask(db, repo::count_strikes, g.group, g.bob, since); };
    BOOST_TEST(strikes(noon) == 3);
    g.done(GroupActKind::restore_post, g.post);
    BOOST_TEST(strikes(noon) == 2);
    g.done(GroupActKind::unban, std::nullopt);
    BOOST_TEST(strikes(noon) == 1);
    g.done(GroupActKind::remove_post, g.post);
    BOOST_TEST(strikes(noon) == 2);
    BOOST_TEST(strikes(noon + 1) == 0);
    BOOST_TEST(ask(db, repo::count_strikes, g.group, g.eve, noon) == 0);
}

KITH_STORAGE_TEST(notes_and_proposals) {
    Garden g(db);
    const model::GroupNote note{g.world.next_id(), g.group, g.bob, g.ann, "talks to plants", noon};
    put(db, repo::add_note, note);
    BOOST_TEST(ask(db, repo::count_notes, g.group, g.bob) == 1);
    BOOST_TEST(ask(db, repo::notes_about, g.group, g.bob, 5).front().text == "talks to plants");
    put(db, repo::remove_note, note.id);
    BOOST_TEST(ask(db, repo::notes_about, g.group, g.bob, 5).empty());

    const auto act = g.done(GroupActKind::ban, std::nullopt);
    model::BanProposal proposal;
    proposal.id = g.world.next_id();
    proposal.group_id = g.group;
    proposal.target_id = g.bob;
    proposal.act_id = act.id;
    proposal.proposer_id = g.ann;
    proposal.at = noon;
    put(db, repo::add_proposal, proposal);
    auto second = proposal;
    second.id = g.world.next_id();
    put(db, repo::add_proposal, second);  // one is open at a time
    BOOST_TEST(ask(db, repo::open_proposals, g.group, 5).size() == 1);
    BOOST_TEST(ask(db, repo::open_proposal, g.group, g.bob)->id == proposal.id);
    put(db, repo::close_proposal, proposal.id, noon + 1, std::optional<Id>(g.eve));
    BOOST_TEST(!ask(db, repo::open_proposal, g.group, g.bob).has_value());
    BOOST_TEST(*ask(db, repo::find_proposal, proposal.id)->decided_by_id == g.eve);
}

KITH_STORAGE_TEST(rules_come_back_as_they_were_stored) {
    Garden g(db);
    model::AutoRule rule;
    rule.id = g.world.next_id();
    rule.group_id = g.group;
    rule.kind = model::AutoRuleKind::domains;
    rule.action = model::AutoRuleAction::report;
    rule.terms = {"a.example", "\"b\""};
    rule.reason = "ads";
    rule.at = noon;
    put(db, repo::put_rule, rule);
    BOOST_TEST(ask(db, repo::active_rules, g.group).empty());
    rule.enabled = true;
    rule.tried_at = noon;
    put(db, repo::put_rule, rule);
    const auto active = ask(db, repo::active_rules, g.group);
    BOOST_REQUIRE(active.size() == 1);
    BOOST_TEST(active.front().terms == rule.terms, boost::test_tools::per_element());
    BOOST_TEST(int(active.front().action) == int(rule.action));
    BOOST_TEST(put(db, repo::remove_rule, rule.id));
    BOOST_TEST(ask(db, repo::auto_rules, g.group).empty());
    BOOST_TEST(ask(db, repo::first_posts_held, g.group) == 0);
    put(db, repo::set_first_posts_held, g.group, 3);
    put(db, repo::set_first_posts_held, g.group, 2);
    BOOST_TEST(ask(db, repo::first_posts_held, g.group) == 2);
}

KITH_STORAGE_TEST(posts_that_wait) {
    Garden g(db);
    const auto other = g.posted();
    BOOST_TEST(ask(db, repo::count_group_posts_of, g.group, g.bob, std::optional<Id>{}, 5) == 2);
    BOOST_TEST(ask(db, repo::count_group_posts_of, g.group, g.bob, std::optional(other), 5) == 1);
    BOOST_TEST(ask(db, repo::count_group_posts_of, g.group, g.bob, std::optional<Id>{}, 1) == 1);
    for (const auto id : {g.post, other}) {
        model::HeldPost held;
        held.post_id = id;
        held.group_id = g.group;
        held.why = "new";
        held.at = noon;
        put(db, repo::hold_post, held);
    }
    put(db, repo::keep_held_activity, other, std::string_view("create"), std::string_view("{}"));
    BOOST_TEST(ask(db, repo::find_held, other)->activity == "{}");
    const auto page = [&](std::optional<Id> author) { return posts_of(ask(db, repo::held_page, g.group, author, Window{})); };
    BOOST_TEST(page({}) == (Ids{other, g.post}), boost::test_tools::per_element());
    put(db, repo::refuse_held, other);
    BOOST_TEST(page({}) == Ids{g.post}, boost::test_tools::per_element());
    BOOST_TEST(page(g.bob) == (Ids{other, g.post}), boost::test_tools::per_element());
    BOOST_TEST(page(g.eve).empty());
    BOOST_TEST(ask(db, repo::count_held, g.group) == 1);
    put(db, repo::drop_held, g.post);
    BOOST_TEST(!ask(db, repo::find_held, g.post).has_value());
    BOOST_TEST(ask(db, repo::recent_group_posts, g.group, TimeMs(0), 5).size() == 2);
}

KITH_STORAGE_TEST(reports_are_seen_by_the_team_of_their_group_and_never_by_whom_they_are_about) {
    Garden g(db);
    put(db, repo::join_group, g.group, g.ann, noon);
    put(db, repo::set_group_role, g.group, g.ann, model::GroupRole::owner);
    model::Report report;
    report.id = g.world.next_id();
    report.ap_id = "flag";
    report.reporter_id = g.eve;
    report.target_id = g.bob;
    report.group_id = g.group;
    report.flag_actor = "who";
    report.created_at = report.updated_at = noon;
    BOOST_TEST(must(db.write([&](sql::Tx& tx) { return repo::add_report(tx, report, std::span(&g.post, 1)); })));
    const auto seen_by = [&](Id who) { return ask(db, repo::reports_page, repo::ReportFilter{.team_of = who}, Window{}).size(); };
    const auto counted = [&](Id who) { return ask(db, repo::post_reports, std::span<const Id>(&g.post, 1), who, false); };
    BOOST_REQUIRE_EQUAL(counted(g.ann).size(), 1u);
    BOOST_TEST((counted(g.ann)[0].all == 1 && counted(g.ann)[0].open == 1));
    BOOST_TEST(counted(g.bob).empty());
    BOOST_TEST(seen_by(g.ann) == 1);
    BOOST_TEST(seen_by(g.eve) == 0);
    put(db, repo::put_helper_role, g.group, g.eve, TeamRole::host, noon);
    BOOST_TEST(seen_by(g.eve) == 0);
    put(db, repo::put_helper_role, g.group, g.eve, TeamRole::steward, noon);
    put(db, repo::put_helper_role, g.group, g.bob, TeamRole::steward, noon);
    BOOST_TEST(seen_by(g.eve) == 1);
    BOOST_TEST(seen_by(g.bob) == 0);
    const auto listed = [&](std::optional<bool> resolved) {
        return ask(db, repo::reports_page, repo::ReportFilter{.resolved = resolved}, Window{}).size();
    };
    BOOST_TEST((listed(false) == 1 && listed(true) == 0 && listed({}) == 1));
    BOOST_TEST(ask(db, repo::count_team_reports, std::optional(g.eve), 5) == 1);
    BOOST_TEST(ask(db, repo::group_report_handlers, g.group) == (Ids{g.ann, g.bob, g.eve}), boost::test_tools::per_element());
    const auto texts = ask(db, repo::reported_texts, report.id);
    BOOST_REQUIRE(texts.size() == 1);
    BOOST_TEST(texts.front().title == "Roses");
    BOOST_TEST(texts.front().text == "red ones");
    const auto by_flag = [&](std::string_view id, std::string_view actor, std::string_view object) {
        return ask(db, repo::reports_of_flag, id, actor, object).size();
    };
    BOOST_TEST(by_flag("flag", "", "") == 1);
    BOOST_TEST(by_flag("other", "who", g.world.post_row(g.post).ap_id) == 1);
    BOOST_TEST(by_flag("other", "somebody", g.world.post_row(g.post).ap_id) == 0);
    BOOST_TEST(by_flag("", "", "") == 0);
    report.resolved_at = noon;
    put(db, repo::update_report, report);
    BOOST_TEST((listed(false) == 0 && listed(true) == 1 && listed({}) == 1));
}

BOOST_AUTO_TEST_SUITE_END()
