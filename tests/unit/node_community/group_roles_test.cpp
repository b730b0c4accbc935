// The one table of who may do what in a group.
#include "node/community/group_roles.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using community::GroupRight;
using community::may;
using community::right_for;
using model::GroupActKind;
using model::TeamRole;

BOOST_AUTO_TEST_SUITE(group_roles)

BOOST_AUTO_TEST_CASE(rows_stand_at_the_place_of_their_right_and_names_are_read_back) {
    for (std::size_t i = 0; i < community::group_rights.size(); ++i) BOOST_TEST(std::size_t(community::group_rights[i].right) == i);
    for (int i = 1; i < int(community::team_role_names.size()); ++i)
        BOOST_TEST(int(community::team_role_from(community::team_role_name(TeamRole(i)))) == i);
    BOOST_TEST(int(community::team_role_from("king")) == int(TeamRole::none));
    BOOST_TEST(int(community::team_role_from("none")) == int(TeamRole::none));
}

BOOST_AUTO_TEST_CASE(who_is_in_no_team_may_nothing_and_an_operator_everything) {
    for (const auto& row : community::group_rights) {
        BOOST_TEST(!may(TeamRole::none, row.right));
        BOOST_TEST(may(TeamRole::operator_, row.right));
        BOOST_TEST(may(TeamRole::node, row.right));
    }
}

BOOST_AUTO_TEST_CASE(each_role_has_what_those_below_it_have_and_more) {
    auto rights = [](TeamRole role) {
        int count = 0;
        for (const auto& row : community::group_rights) count += may(role, row.right);
        return count;
    };
    for (const auto role : {TeamRole::greeter, TeamRole::host, TeamRole::steward, TeamRole::moderator}) {
        const auto below = TeamRole(int(role) - 1);
        BOOST_TEST(rights(role) > rights(below));
        for (const auto& row : community::group_rights)
            if (may(below, row.right)) BOOST_TEST(may(role, row.right));
    }
}

BOOST_AUTO_TEST_CASE(small_roles_have_little_power) {
    BOOST_TEST(may(TeamRole::greeter, GroupRight::let_in));
    for (const auto kind : {GroupActKind::remove_post, GroupActKind::lock_post, GroupActKind::ban, GroupActKind::feature_post})
        BOOST_TEST(!may(TeamRole::greeter, right_for(kind)));
    BOOST_TEST(may(TeamRole::host, right_for(GroupActKind::ask_edit)));
    BOOST_TEST(!may(TeamRole::host, GroupRight::see_reports));
    BOOST_TEST(may(TeamRole::steward, right_for(GroupActKind::warn)));
    for (const auto kind : {GroupActKind::fold_post, GroupActKind::choose_answer}) {
        BOOST_TEST(may(TeamRole::steward, right_for(kind)));
        BOOST_TEST(!may(TeamRole::host, right_for(kind)));
    }
    BOOST_TEST(!may(TeamRole::steward, right_for(GroupActKind::remove_post)));
    BOOST_TEST(!may(TeamRole::steward, right_for(GroupActKind::give_role)));
}

BOOST_AUTO_TEST_CASE(rules_hold_and_remove_and_nothing_else) {
    for (const auto& row : community::group_rights)
        BOOST_TEST(may(TeamRole::rule, row.right) == (row.right == GroupRight::approve || row.right == GroupRight::remove));
}

BOOST_AUTO_TEST_CASE(an_act_and_its_undoing_ask_for_the_same_right) {
    for (int kind = 0; kind <= int(GroupActKind::unchoose_answer); ++kind)
        BOOST_TEST(int(right_for(GroupActKind(kind))) == int(right_for(model::counterpart(GroupActKind(kind)))));
}

BOOST_AUTO_TEST_SUITE_END()
