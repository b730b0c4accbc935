// Who signs up, who may not, and what moderators look for. And the node's own emoji and what is talked about.
#include "storage/repo/sign_ups.hpp"

#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/host_suspension.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/severances.hpp"
#include "storage/repo/sign_up_blocks.hpp"
#include "storage/repo/trends.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>

using namespace kith;
using namespace kith::test;
using repo::AccountQuery;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_sign_up)

namespace {

model::SignUp waiting(World& world, Id actor) {
    return {.user_id = world.account_of(actor), .actor_id = actor, .reason = "tea", .ip = "192.0.2.1", .confirm_hash = "hash" + std::to_string(actor)};
}

}  // namespace

KITH_STORAGE_TEST(a_sign_up_is_found_and_forgotten) {
    World world(db);
    const auto ann = world.person("ann");
    auto sign_up = waiting(world, ann);
    put(db, repo::insert_sign_up, sign_up);
    BOOST_TEST(ask(db, repo::find_sign_up_by_confirmation, sign_up.confirm_hash)->actor_id == ann);
    BOOST_TEST(ask(db, repo::find_sign_up, sign_up.user_id)->waits());
    sign_up.confirm_hash.clear();
    sign_up.email_confirmed_at = noon;
    sign_up.approved_at = noon;
    put(db, repo::update_sign_up, sign_up);
    BOOST_TEST(!ask(db, repo::find_sign_up_of_actor, ann)->waits());
    BOOST_TEST(!ask(db, repo::find_sign_up_by_confirmation, "").has_value());
    put(db, repo::forget_sign_up, sign_up);
    BOOST_TEST(!ask(db, repo::find_actor, ann).has_value());
    BOOST_TEST(!ask(db, repo::find_user, sign_up.user_id).has_value());
    world.person("ann");  // the name is free
}

KITH_STORAGE_TEST(an_invite_is_used_as_often_as_it_says) {
    World world(db);
    put(db, repo::insert_invite, model::Invite{.id = 1, .code_hash = "a", .uses_max = 1, .created_at = noon});
    put(db, repo::insert_invite, model::Invite{.id = 2, .code_hash = "b", .expires_at = noon + 10, .created_at = noon});
    BOOST_TEST(put(db, repo::use_invite, "a", noon).value_or(0) == 1);
    BOOST_TEST(!put(db, repo::use_invite, "a", noon).has_value());
    BOOST_TEST(put(db, repo::use_invite, "b", noon + 9).value_or(0) == 2);
    BOOST_TEST(!put(db, repo::use_invite, "b", noon + 10).has_value());
    BOOST_TEST(!put(db, repo::use_invite, "", noon).has_value());
    BOOST_TEST(ask(db, repo::invites)[0].uses == 1);
    BOOST_TEST(put(db, repo::delete_invite, Id(1)));
    BOOST_TEST(!put(db, repo::delete_invite, Id(1)));
}

KITH_STORAGE_TEST(accounts_are_found_by_what_is_said_of_them) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), far = world.stranger("far");
    world.group("club", ann);
    put(db, repo::insert_sign_up, waiting(world, bob));
    put(db, repo::set_suspended, bob, std::optional<TimeMs>(noon));  // hidden while it waits
    put(db, repo::set_limited, far, true, true);
    const auto found = [&](AccountQuery query) {
        Ids out;
        for (const auto& row : ask(db, repo::accounts_page, query, Window{})) out.push_back(row.actor.id);
        return out;
    };
    BOOST_TEST(found({}) == (Ids{far, bob, ann}));
    BOOST_TEST(found({.local = true}) == (Ids{bob, ann}));
    BOOST_TEST(found({.local = false}) == Ids{far});
    BOOST_TEST(found({.status = AccountQuery::Status::pending}) == Ids{bob});
    BOOST_TEST(found({.status = AccountQuery::Status::suspended}).empty());
    BOOST_TEST(found({.status = AccountQuery::Status::silenced}) == Ids{far});
    BOOST_TEST(found({.status = AccountQuery::Status::active}) == (Ids{far, ann}));
    BOOST_TEST(found({.username = "an"}) == Ids{ann});
    BOOST_TEST(found({.username = "%"}).empty());
    BOOST_TEST(found({.ip = "192.0.2."}) == Ids{bob});
    BOOST_TEST(ask(db, repo::accounts_page, AccountQuery{.local = false}, Window{})[0].silenced);
    put(db, repo::follow_domain_blocks, noon);
    BOOST_TEST(ask(db, repo::is_silenced, far));  // by themselves, whatever holds for the host
}

KITH_STORAGE_TEST(blocks_are_there_once_and_read_back) {
    World world(db);
    BOOST_TEST(put(db, repo::add_email_domain_block, model::EmailDomainBlock{1, "a.example", true, noon}));
    BOOST_TEST(!put(db, repo::add_email_domain_block, model::EmailDomainBlock{2, "a.example", false, noon}));
    BOOST_TEST(ask(db, repo::email_domain_block_of, "a.example")->with_approval);
    BOOST_TEST(ask(db, repo::email_domain_blocks_page, Window{}).size() == 1);
    BOOST_TEST(put(db, repo::delete_email_domain_block, Id(1)));

    const model::IpBlock one{.id = 1, .network = "10.0.0.0/8", .comment = "x", .created_at = noon, .expires_at = noon + 5};
    BOOST_TEST(put(db, repo::add_ip_block, one));
    BOOST_TEST(put(db, repo::add_ip_block, model::IpBlock{.id = 2, .network = "192.0.2.1/32", .severity = model::IpSeverity::no_access, .created_at = noon}));
    BOOST_TEST(ask(db, repo::ip_blocks_now, noon).size() == 2);
    BOOST_TEST(ask(db, repo::ip_blocks_now, noon + 5).size() == 1);
    auto taken = one;
    taken.network = "192.0.2.1/32";
    BOOST_TEST(!put(db, repo::update_ip_block, taken));
    taken.network = "11.0.0.0/8";
    BOOST_TEST(put(db, repo::update_ip_block, taken));
    BOOST_TEST(ask(db, repo::ip_blocks_page, Window{})[0].id == 2);
    BOOST_TEST(put(db, repo::delete_ip_block, Id(2)));

    BOOST_TEST(put(db, repo::add_canonical_email_block, model::CanonicalEmailBlock{1, "ff", noon}));
    BOOST_TEST(!put(db, repo::add_canonical_email_block, model::CanonicalEmailBlock{2, "ff", noon}));
    BOOST_TEST(ask(db, repo::canonical_email_block_of, "ff").has_value());
    BOOST_TEST(put(db, repo::delete_canonical_email_block, Id(1)));
    BOOST_TEST(ask(db, repo::canonical_email_blocks_page, Window{}).empty());
}

KITH_STORAGE_TEST(own_emoji_are_offered_until_they_are_retired) {
    World world(db);
    const auto post = world.post(world.person("ann"));
    const auto put_one = [&](Id id, std::string code, std::string url) {
        put(db, repo::put_own_emoji, model::CustomEmoji{.id = id, .host = "", .shortcode = code, .url = url, .updated_at = noon, .category = "c"});
    };
    put_one(1, "blob", "/one");
    put_one(2, "cat", "/two");
    put_one(3, "blob", "/three");
    put(db, repo::put_emoji, model::CustomEmoji{.id = 4, .host = "there.example", .shortcode = "blob", .url = "/four", .updated_at = noon, .category = {}});
    const auto own = ask(db, repo::own_emojis);
    BOOST_REQUIRE(own.size() == 2);
    BOOST_TEST(own[0].url == "/three");
    put(db, repo::add_post_emoji, post, own[0].id);
    BOOST_TEST(put(db, repo::retire_own_emoji, "blob"));
    BOOST_TEST(!put(db, repo::retire_own_emoji, "blob"));
    BOOST_TEST(ask(db, repo::own_emojis).size() == 1);
    const std::array<Id, 1> posts{post};
    BOOST_TEST(ask(db, repo::emojis_of, std::span<const Id>(posts))[0].url == "/three");
}

KITH_STORAGE_TEST(what_is_talked_about_is_counted_by_people) {
    World world(db);
    const auto findable = [&](std::string_view name) {
        const auto id = world.person(name);
        auto actor = world.actor(id);
        actor.discoverable = true;
        put(db, repo::update_actor, actor);
        return id;
    };
    const auto ann = findable("ann"), bob = findable("bob"), cleo = world.person("cleo");
    const auto tea = put(db, repo::tag_id, world.next_id(), "tea", "Tea"), own = put(db, repo::tag_id, world.next_id(), "own", "own");
    const auto tagged = [&](Id author, Id tag, model::Visibility visibility = model::Visibility::public_) {
        const auto post = world.post(author, visibility);
        put(db, repo::add_tag, post, tag);
        return post;
    };
    const auto first = tagged(ann, tea);
    tagged(bob, tea);
    tagged(cleo, own);
    tagged(ann, own);
    tagged(bob, own, model::Visibility::followers);
    BOOST_TEST(ask(db, repo::tags_by_people, Id(0), 2, 10) == Ids{tea});
    BOOST_TEST(ask(db, repo::tags_by_people, first, 2, 10).empty());
    BOOST_TEST(ask(db, repo::uses_of_tag, tea, Id(0), 10).size() == 2);
    BOOST_TEST(ask(db, repo::tag_name, tea) == "Tea");
    const Ids order{9, 7, 8};
    put(db, repo::put_trends, repo::TrendKind::posts, std::span<const Id>(order));
    put(db, repo::put_trends, repo::TrendKind::posts, std::span<const Id>(order));
    BOOST_TEST(ask(db, repo::trends, repo::TrendKind::posts, 2, 1) == (Ids{7, 8}));
    BOOST_TEST(ask(db, repo::trends, repo::TrendKind::tags, 2, 0).empty());
    BOOST_TEST(ask(db, repo::liked_posts, Id(0), 1, 10).empty());
}

BOOST_AUTO_TEST_SUITE_END()
