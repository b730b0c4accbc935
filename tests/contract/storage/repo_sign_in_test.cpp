// Second factors, forgotten passwords, and where somebody is signed in.
#include "storage/repo/accounts.hpp"
#include "storage/repo/announcements.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/devices.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/emoji_users.hpp"
#include "storage/repo/oauth.hpp"
#include "storage/repo/password_resets.hpp"
#include "storage/repo/second_factors.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_sign_in)

namespace {

const std::string secret("\0\xff secret \x80 bytes", 16);

model::SecondFactor factor_of(Id user, std::string bytes = secret) {
    return {.user_id = user, .secret = std::move(bytes), .offered_at = noon};
}

model::OAuthToken token(Id id, Id app, Id user) {
    return {.id = id, .token_hash = "token" + std::to_string(id), .app_id = app, .user_id = user, .scopes = "read",
            .created_at = noon, .user_agent = "App/" + std::to_string(id)};
}

model::Session session(Id id, Id user, TimeMs until) {
    return {id, user, "session" + std::to_string(id), "csrf", noon, noon, until, "Browser"};
}

}  // namespace

KITH_STORAGE_TEST(a_second_factor_is_offered_until_it_is_switched_on) {
    World world(db);
    const auto user = world.account_of(world.person("ann"));
    BOOST_TEST(!ask(db, repo::find_second_factor, user));
    BOOST_TEST(put(db, repo::offer_second_factor, factor_of(user, "first")));
    BOOST_TEST(put(db, repo::offer_second_factor, factor_of(user)));
    BOOST_TEST(ask(db, repo::find_second_factor, user)->secret == secret);
    BOOST_TEST(!ask(db, repo::find_second_factor, user)->enabled_at);
    BOOST_TEST(!put(db, repo::enable_second_factor, factor_of(user, "first"), std::int64_t(5), noon + 1));
    BOOST_TEST(put(db, repo::enable_second_factor, factor_of(user), std::int64_t(5), noon + 1));
    BOOST_TEST(!put(db, repo::enable_second_factor, factor_of(user), std::int64_t(6), noon + 2));
    BOOST_TEST(!put(db, repo::offer_second_factor, factor_of(user, "another")));
    const auto found = ask(db, repo::find_second_factor, user).value();
    BOOST_TEST(found.enabled_at.value() == noon + 1);
    BOOST_TEST(found.last_step == 5);
    BOOST_TEST(put(db, repo::delete_second_factor, user));
    BOOST_TEST(!put(db, repo::delete_second_factor, user));
}

KITH_STORAGE_TEST(a_step_and_a_recovery_code_are_used_once) {
    World world(db);
    const auto ann = world.account_of(world.person("ann")), bob = world.account_of(world.person("bob"));
    put(db, repo::offer_second_factor, factor_of(ann));
    put(db, repo::enable_second_factor, factor_of(ann), std::int64_t(5), noon);
    BOOST_TEST(!put(db, repo::use_step, ann, std::int64_t(5)));
    BOOST_TEST(put(db, repo::use_step, ann, std::int64_t(6)));
    BOOST_TEST(!put(db, repo::use_step, ann, std::int64_t(6)));
    BOOST_TEST(!put(db, repo::use_step, bob, std::int64_t(9)));
    const std::array<std::string, 2> codes{"a", "b"}, newer{"b", "c"};
    put(db, repo::put_recovery_codes, ann, std::span<const std::string>(codes));
    BOOST_TEST(ask(db, repo::recovery_codes_left, ann) == 2);
    BOOST_TEST(!put(db, repo::use_recovery_code, bob, "a", noon));
    BOOST_TEST(put(db, repo::use_recovery_code, ann, "a", noon));
    BOOST_TEST(!put(db, repo::use_recovery_code, ann, "a", noon));
    BOOST_TEST(ask(db, repo::recovery_codes_left, ann) == 1);
    put(db, repo::put_recovery_codes, ann, std::span<const std::string>(newer));
    BOOST_TEST(!put(db, repo::use_recovery_code, ann, "a", noon));
    BOOST_TEST(ask(db, repo::recovery_codes_left, ann) == 2);
    put(db, repo::delete_second_factor, ann);
    BOOST_TEST(ask(db, repo::recovery_codes_left, ann) == 0);
}

KITH_STORAGE_TEST(a_sign_in_waits_for_its_code_only_so_long) {
    World world(db);
    const auto user = world.account_of(world.person("ann"));
    put(db, repo::insert_pending_sign_in, model::PendingSignIn{"one", user, noon + 10}, noon);
    BOOST_TEST(ask(db, repo::find_pending_sign_in, "one", noon + 9)->user_id == user);
    BOOST_TEST(!ask(db, repo::find_pending_sign_in, "one", noon + 10));
    BOOST_TEST(!ask(db, repo::find_pending_sign_in, "other", noon));
    put(db, repo::insert_pending_sign_in, model::PendingSignIn{"two", user, noon + 30}, noon + 10);
    BOOST_TEST(!ask(db, repo::find_pending_sign_in, "one", noon));  // forgotten
    put(db, repo::delete_pending_sign_ins_of, user);
    BOOST_TEST(!ask(db, repo::find_pending_sign_in, "two", noon));
}

KITH_STORAGE_TEST(a_link_for_a_forgotten_password_works_once) {
    World world(db);
    const auto user = world.account_of(world.person("ann"));
    put(db, repo::put_password_reset, model::PasswordReset{user, "old", noon, noon + 5});
    put(db, repo::put_password_reset, model::PasswordReset{user, "new", noon + 1, noon + 10});
    BOOST_TEST(!ask(db, repo::find_password_reset_by_token, "old", noon));
    BOOST_TEST(ask(db, repo::find_password_reset, user)->mailed_at == noon + 1);
    BOOST_TEST(ask(db, repo::find_password_reset_by_token, "new", noon + 9)->user_id == user);
    BOOST_TEST(!ask(db, repo::find_password_reset_by_token, "new", noon + 10));
    BOOST_TEST(!put(db, repo::use_password_reset, "new", noon + 10));
    BOOST_TEST(put(db, repo::use_password_reset, "new", noon + 9));
    BOOST_TEST(!put(db, repo::use_password_reset, "new", noon + 9));
    put(db, repo::put_password_reset, model::PasswordReset{user, "third", noon, noon + 5});
    put(db, repo::delete_password_reset, user);
    BOOST_TEST(!ask(db, repo::find_password_reset, user));
}

KITH_STORAGE_TEST(places_are_listed_and_ended_by_whose_they_are) {
    World world(db);
    const auto ann = world.account_of(world.person("ann")), bob = world.account_of(world.person("bob"));
    put(db, repo::insert_app, model::OAuthApp{7, "client", "hash", "An app", "", "", "read", noon});
    for (const Id id : {1, 2}) put(db, repo::insert_token, token(id, 7, ann));
    put(db, repo::insert_token, token(3, 7, bob));
    const auto apps = ask(db, repo::apps_of, ann, 10);
    BOOST_REQUIRE(apps.size() == 2u);
    BOOST_TEST(apps[0].id == 2);
    BOOST_TEST(apps[0].name == "An app");
    BOOST_TEST(apps[0].user_agent == "App/2");
    BOOST_TEST(!apps[0].used_at);
    BOOST_TEST(ask(db, repo::apps_of, ann, 1).size() == 1u);
    BOOST_TEST(!put(db, repo::end_app, ann, Id(3), noon));
    BOOST_TEST(put(db, repo::end_app, ann, Id(1), noon));
    BOOST_TEST(!put(db, repo::end_app, ann, Id(1), noon));
    BOOST_TEST(ask(db, repo::apps_of, ann, 10).size() == 1u);

    for (const Id id : {4, 5, 6}) put(db, repo::insert_session, session(id, ann, noon + 10));
    put(db, repo::insert_session, session(8, bob, noon + 10));
    put(db, repo::insert_session, session(9, ann, noon + 1));
    BOOST_TEST(ask(db, repo::browsers_of, ann, noon + 5, 10).size() == 3u);
    BOOST_TEST(!put(db, repo::end_browser, ann, Id(8)));
    BOOST_TEST(put(db, repo::end_browser, ann, Id(6)));
    put(db, repo::end_other_browsers, ann, Id(4));
    BOOST_TEST(ask(db, repo::browsers_of, ann, noon, 10)[0].id == 4);
    BOOST_TEST(ask(db, repo::browsers_of, bob, noon, 10)[0].user_agent == "Browser");

    put(db, repo::insert_code, model::OAuthCode{"used", 7, ann, "", "read", "", noon + 10, noon, 2});
    put(db, repo::insert_code, model::OAuthCode{"fresh", 7, ann, "", "read", "", noon + 10, {}, 0});
    put(db, repo::delete_codes_of, ann);
    BOOST_TEST(ask(db, repo::find_code, "used").has_value());
    BOOST_TEST(!ask(db, repo::find_code, "fresh"));
}

KITH_STORAGE_TEST(own_emoji_stand_in_profiles_and_reactions) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), far = world.stranger("far");
    for (const auto& [id, name] : {std::pair(ann, "Ann :blob_cat:"), {bob, "Bob :blobXcat:"}, {far, "Far :blob_cat:"}}) {
        auto actor = ask(db, repo::find_actor, id).value();
        actor.name = name;
        put(db, repo::update_actor, actor);
    }
    const auto found = ask(db, repo::local_actors_with, ":blob_cat:", 10);
    BOOST_REQUIRE(found.size() == 1u);  // the underscore is no wildcard
    BOOST_TEST(found[0].id == ann);
    BOOST_TEST(ask(db, repo::local_actors_with, ":", 1).size() == 1u);

    put(db, repo::insert_announcement, model::Announcement{.id = 1, .text = "hear", .published_at = noon});
    put(db, repo::put_own_emoji, model::CustomEmoji{.id = 2, .shortcode = "blob", .url = "https://here/blob.png"});
    put(db, repo::add_announcement_reaction, Id(1), ann, ":blob:", Id(3));
    put(db, repo::add_announcement_reaction, Id(1), bob, ":blob:", Id(4));
    put(db, repo::add_announcement_reaction, Id(1), bob, "\xf0\x9f\x8d\xb5", Id(5));
    put(db, repo::retire_own_emoji, "blob");  // its picture is still told
    const auto reactions = ask(db, repo::announcement_reactions, Id(1), ann);
    BOOST_REQUIRE(reactions.size() == 2u);
    BOOST_TEST(reactions[0].url == "https://here/blob.png");
    BOOST_TEST(reactions[0].count == 2);
    BOOST_TEST(reactions[0].mine);
    BOOST_TEST(reactions[1].url == "");
}

BOOST_AUTO_TEST_SUITE_END()
