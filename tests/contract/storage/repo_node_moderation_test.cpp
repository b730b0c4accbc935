// What the node's team does and sets, and what members set about notifications and whom they do not want to hear.
#include "storage/repo/node_acts.hpp"
#include "storage/repo/notices.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/proofs.hpp"
#include "storage/repo/report_conclusions.hpp"
#include "storage/repo/reports.hpp"
#include "storage/repo/sign_ups.hpp"
#include "storage/repo/taglines.hpp"
#include "storage/repo/threads.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using repo::Notice;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_node_moderation)

KITH_STORAGE_TEST(acts_are_read_by_who_and_about_whom) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), boss = world.person("boss");
    put(db, repo::add_node_act, model::NodeAct{.id = 11, .kind = model::NodeActKind::ban, .moderator_id = boss, .target_id = ann, .reason = "noise", .expires_at = noon, .at = 1});
    put(db, repo::add_node_act, model::NodeAct{.id = 12, .kind = model::NodeActKind::ban, .reverts = true, .moderator_id = bob, .target_id = ann, .at = 2});
    put(db, repo::add_node_act, model::NodeAct{.id = 13, .kind = model::NodeActKind::block_host, .moderator_id = boss, .host = "a.example", .at = 3});
    const auto all = ask(db, repo::node_acts_page, repo::NodeActFilter{}, Window{.limit = 10});
    BOOST_REQUIRE_EQUAL(all.size(), 3U);
    BOOST_TEST(all[0].host == "a.example");
    BOOST_TEST(!all[0].target_id.has_value());
    BOOST_TEST(all[1].reverts);
    BOOST_TEST(all[2].reason == "noise");
    BOOST_TEST(all[2].expires_at.value_or(0) == noon);
    BOOST_TEST(ask(db, repo::node_acts_page, repo::NodeActFilter{.moderator_id = boss}, Window{.limit = 10}).size() == 2U);
    BOOST_TEST(ask(db, repo::node_acts_page, repo::NodeActFilter{.target_id = ann}, Window{.below = 12, .limit = 10}).front().id == 11);
}

KITH_STORAGE_TEST(a_ban_holds_until_its_end) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    put(db, repo::put_person_ban, model::PersonBan{.actor_id = ann, .with_posts = true, .expires_at = noon, .at = 1});
    put(db, repo::put_person_ban, model::PersonBan{.actor_id = bob, .at = 1});
    BOOST_TEST(ask(db, repo::is_person_banned, ann, noon - 1));
    BOOST_TEST(!ask(db, repo::is_person_banned, ann, noon));
    BOOST_TEST(ask(db, repo::is_person_banned, bob, noon * 2));
    const Ids both{ann, bob};
    BOOST_TEST(ask(db, repo::person_bans, std::span<const Id>(both), noon - 1).size() == 2U);
    BOOST_TEST(ask(db, repo::person_bans_over, noon - 1, 10).empty());
    BOOST_TEST(ask(db, repo::person_bans_over, noon, 10).front().with_posts);
    BOOST_TEST(put(db, repo::remove_person_ban, ann));
    BOOST_TEST(!put(db, repo::remove_person_ban, ann));
    put(db, repo::set_domain_block_end, "a.example", std::optional<TimeMs>(noon));
    BOOST_TEST(ask(db, repo::domain_block_end, "a.example").value_or(0) == noon);
    BOOST_TEST(ask(db, repo::domain_blocks_over, noon, 10) == std::vector<std::string>{"a.example"});
    put(db, repo::set_domain_block_end, "a.example", std::optional<TimeMs>());
    BOOST_TEST(ask(db, repo::domain_blocks_over, noon, 10).empty());
}

KITH_STORAGE_TEST(taglines_are_kept_and_changed) {
    World world(db);
    put(db, repo::add_tagline, model::Tagline{.id = 1, .content = "one", .published_at = noon});
    put(db, repo::add_tagline, model::Tagline{.id = 2, .content = "two", .published_at = noon});
    BOOST_TEST(put(db, repo::change_tagline, model::Tagline{.id = 1, .content = "uno", .updated_at = noon + 1}));
    BOOST_TEST(ask(db, repo::tagline_at, std::int64_t(0))->content == "uno");
    BOOST_TEST(ask(db, repo::taglines_page, Window{.limit = 1}).front().content == "two");
    BOOST_TEST(put(db, repo::remove_tagline, Id(2)));
    BOOST_TEST(!ask(db, repo::find_tagline, Id(2)).has_value());
    BOOST_TEST(ask(db, repo::count_taglines) == 1);
}

KITH_STORAGE_TEST(what_proves_something_does_so_once) {
    World world(db);
    put(db, repo::add_captcha, "c", "hash", noon);
    BOOST_TEST(put(db, repo::take_captcha, "c", noon - 1).value_or("") == "hash");
    BOOST_TEST(!put(db, repo::take_captcha, "c", noon - 1).has_value());
    put(db, repo::add_captcha, "d", "hash", noon);
    BOOST_TEST(!put(db, repo::take_captcha, "d", noon).has_value());  // too late, and gone
    put(db, repo::add_captcha, "e", "hash", noon);
    put(db, repo::trim_captchas, noon);
    BOOST_TEST(ask(db, repo::count_captchas) == 0);
}

KITH_STORAGE_TEST(listeners_are_those_who_asked_for_it) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), eve = world.person("eve");
    const auto club = world.group("club", ann);
    const auto thread = world.group_post(ann, club);
    put(db, repo::set_group_notice, ann, club, std::optional(Notice::all_posts));
    put(db, repo::set_group_notice, bob, club, std::optional(Notice::all_posts_and_comments));
    put(db, repo::set_group_notice, eve, club, std::optional(Notice::mute));
    BOOST_TEST(ask(db, repo::listeners_of_group, club, false, 10) == (Ids{ann, bob}));
    BOOST_TEST(ask(db, repo::listeners_of_group, club, true, 10) == Ids{bob});
    BOOST_TEST(ask(db, repo::mutes_group_of, eve, thread));
    BOOST_TEST(!ask(db, repo::mutes_group_of, bob, thread));
    put(db, repo::set_group_notice, ann, club, std::optional<Notice>());
    BOOST_TEST(!ask(db, repo::group_notice, ann, club).has_value());
    put(db, repo::set_thread_notice, eve, thread, std::optional(Notice::all_comments));
    BOOST_TEST(ask(db, repo::listeners_of_thread, thread, 10) == Ids{eve});
    put(db, repo::put_preference, ann, repo::Preference{"theme", "\"a\""});
    put(db, repo::put_preference, ann, repo::Preference{"theme", "\"b\""});
    BOOST_TEST(ask(db, repo::preferences, ann).front().value == "\"b\"");
}

KITH_STORAGE_TEST(a_notification_is_read_by_the_mark_or_by_itself) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    for (const Id id : {101, 102, 103}) {
        const auto post = world.post(bob);
        put(db, repo::add_notification, model::Notification{.id = id, .owner_id = ann, .kind = model::NotificationKind::mention, .from_id = bob, .post_id = post, .created_at = noon});
    }
    const auto unread = [&](Id mark) {
        Ids out;
        const repo::NotificationRows rows{.kinds = "[" + std::to_string(int(model::NotificationKind::mention)) + "]", .from = {}, .unread_above = mark};
        for (const auto& each : ask(db, repo::notifications_page, ann, rows, noon, Window{.limit = 10})) out.push_back(each.id);
        return out;
    };
    BOOST_TEST(unread(101) == (Ids{103, 102}));
    BOOST_TEST(put(db, repo::set_notification_seen, ann, Id(103), true));
    BOOST_TEST(put(db, repo::set_notification_seen, ann, Id(101), false));
    BOOST_TEST(!put(db, repo::set_notification_seen, bob, Id(101), true));
    BOOST_TEST(unread(101) == (Ids{102, 101}));
    const Ids ids{101, 102, 103};
    BOOST_TEST(ask(db, repo::notifications_seen, ann, std::span<const Id>(ids)).size() == 2U);
    put(db, repo::forget_notifications_seen, ann);
    BOOST_TEST(unread(103).empty());
}

KITH_STORAGE_TEST(threads_leave_out_what_the_reader_does_not_want) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), far = world.stranger("far");
    const auto club = world.group("club", ann);
    const auto by_ann = world.group_post(ann, club), by_far = world.group_post(far, club);
    world.follow(bob, club);  // what is written there is for members
    for (const auto id : {by_ann, by_far}) put(db, repo::add_thread, world.post_row(id), club);
    const auto shown = [&](std::optional<Id> group) {
        Ids out;
        for (const auto& row : ask(db, repo::threads_page, std::optional(bob), repo::ThreadQuery{.group_id = group, .order = repo::ThreadOrder::old, .now = noon})) out.push_back(row.post_id);
        return out;
    };
    BOOST_TEST(shown({}) == (Ids{by_ann, by_far}));
    put(db, repo::add_own_domain_block, bob, "there.example", world.next_id());
    BOOST_TEST(shown({}) == Ids{by_ann});
    BOOST_TEST(shown(club) == Ids{by_ann});
    put(db, repo::remove_own_domain_block, bob, "there.example");
    put(db, repo::put_mute, model::Mute{.actor_id = bob, .target_id = club, .hide_notifications = true, .expires_at = noon + 1}, world.next_id());
    BOOST_TEST(shown({}).empty());
    BOOST_TEST(shown(club).size() == 2U);
    put(db, repo::put_mute, model::Mute{.actor_id = bob, .target_id = club, .hide_notifications = true, .expires_at = noon}, world.next_id());
    BOOST_TEST(shown({}).size() == 2U);
    put(db, repo::set_group_host_blocked, bob, "there.example", std::optional<TimeMs>(noon));
    BOOST_TEST(ask(db, repo::blocked_group_hosts, bob) == std::vector<std::string>{"there.example"});
    BOOST_TEST(shown({}).size() == 2U);  // the club is here
    BOOST_TEST(put(db, repo::set_distinguished, by_ann, true));
    BOOST_TEST(!put(db, repo::set_distinguished, by_ann, true));
}

KITH_STORAGE_TEST(an_application_is_denied_and_stays) {
    World world(db);
    const auto ann = world.person("ann"), boss = world.person("boss");
    model::SignUp asked{.user_id = world.account_of(ann), .actor_id = ann, .reason = "tea", .ip = "192.0.2.1", .confirm_hash = "h"};
    put(db, repo::insert_sign_up, asked);
    BOOST_TEST(ask(db, repo::count_undecided) == 1);
    asked.denied_at = noon;
    asked.deny_reason = "coffee only";
    asked.decided_by = boss;
    put(db, repo::update_sign_up, asked);
    BOOST_TEST(ask(db, repo::count_undecided) == 0);
    BOOST_TEST(ask(db, repo::applications_page, true, Window{.limit = 5}).empty());
    BOOST_TEST(ask(db, repo::applications_page, false, Window{.limit = 5}).front().deny_reason == "coffee only");
    put(db, repo::insert_invite, model::Invite{.id = 7, .code_hash = "x", .uses_max = 1, .created_at = noon, .maker_id = ann});
    BOOST_TEST(ask(db, repo::count_invites_of, ann, noon) == 1);
    BOOST_TEST(ask(db, repo::invites_of_page, ann, Window{.limit = 5}).front().id == 7);
    put(db, repo::use_invite, "x", noon);
    BOOST_TEST(ask(db, repo::count_invites_of, ann, noon) == 0);
    BOOST_TEST(!put(db, repo::delete_invite_of, boss, "x"));
    BOOST_TEST(put(db, repo::delete_invite_of, ann, "x"));
}

KITH_STORAGE_TEST(a_report_has_one_conclusion) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    put(db, repo::add_report, model::Report{.id = 5, .reporter_id = ann, .target_id = bob}, std::span<const Id>());
    BOOST_TEST(ask(db, repo::count_team_reports, std::optional<Id>(), 5) == 1);
    put(db, repo::set_report_conclusion, Id(5), "nothing in it");
    put(db, repo::set_report_conclusion, Id(5), "all true");
    BOOST_TEST(ask(db, repo::report_conclusion, Id(5)) == "all true");
    put(db, repo::set_report_conclusion, Id(5), "");
    BOOST_TEST(ask(db, repo::report_conclusion, Id(5)).empty());
}

BOOST_AUTO_TEST_SUITE_END()
