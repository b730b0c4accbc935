#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::Interaction;
using model::Quote;
using model::QuoteState;
using model::Visibility;

BOOST_AUTO_TEST_SUITE(repo_quotes)

namespace {

Quote quote_between(World& world, Id quoting, Id quoted, QuoteState state = QuoteState::accepted) {
    const auto post = world.post_row(quoted);
    return {.post_id = quoting,
            .quoted_id = quoted,
            .quoted_ap_id = post.ap_id,
            .quoted_actor_id = post.actor_id,
            .state = state,
            .stamp_ap_id = "https://here.example/stamp/" + std::to_string(quoting),
            .request_ap_id = "https://here.example/request/" + std::to_string(quoting),
            .created_at = noon};
}

repo::QuoteRow shown(sql::Db& db, std::optional<Id> viewer, Id quoting) {
    return must(db.read([&](sql::Tx& tx) -> Result<repo::QuoteRow> {
        auto rows = TRY(repo::quotes_of(tx, viewer, std::span(&quoting, 1)));
        BOOST_REQUIRE(rows.size() == 1u);
        return rows.front();
    }));
}

Ids quoting(sql::Db& db, std::optional<Id> viewer, Id quoted, repo::Window window = {}) {
    return must(
        db.read([&](sql::Tx& tx) { return repo::quoting_page(tx, viewer, quoted, window); }));
}

}  // namespace

KITH_STORAGE_TEST(a_quote_is_found_by_its_post_its_request_and_its_stamp) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto original = world.post(ann), quoting_post = world.post(bob);
    const auto quote = quote_between(world, quoting_post, original);
    put(db, repo::put_quote, quote);
    for (const auto& found : {ask(db, repo::find_quote, quoting_post).value(),
                              ask(db, repo::find_quote_by_stamp, quote.stamp_ap_id).value(),
                              ask(db, repo::find_quote_by_request, quote.request_ap_id).value()}) {
        BOOST_TEST(found.post_id == quoting_post);
        BOOST_TEST(found.quoted_id.value() == original);
        BOOST_TEST(found.quoted_actor_id.value() == ann);
        BOOST_TEST((found.state == QuoteState::accepted));
        BOOST_TEST(found.quoted_ap_id == quote.quoted_ap_id);
        BOOST_TEST(found.created_at == noon);
    }
    auto changed = quote;
    changed.state = QuoteState::revoked;
    changed.stamp_ap_id = changed.request_ap_id = "";
    put(db, repo::put_quote, changed);
    BOOST_TEST((ask(db, repo::find_quote, quoting_post)->state == QuoteState::revoked));
    BOOST_TEST(!ask(db, repo::find_quote_by_stamp, std::string_view("")));
    BOOST_TEST(!ask(db, repo::find_quote_by_request, std::string_view("")));
    put(db, repo::remove_quote, quoting_post);
    BOOST_TEST(!ask(db, repo::find_quote, quoting_post));
}

KITH_STORAGE_TEST(a_quote_shows_what_its_viewer_may_see) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), eve = world.person("eve");
    const auto original = world.post(ann), quoting_post = world.post(bob);
    put(db, repo::put_quote, quote_between(world, quoting_post, original));
    BOOST_TEST(shown(db, {}, quoting_post).visible);
    world.block(ann, eve);
    BOOST_TEST(!shown(db, eve, quoting_post).visible);
    world.block(bob, ann);
    BOOST_TEST(shown(db, bob, quoting_post).blocked);
    BOOST_TEST(!shown(db, ann, quoting_post).blocked);
    BOOST_TEST(!shown(db, bob, quoting_post).muted_until);
    put(db, repo::put_mute,
        model::Mute{.actor_id = bob, .target_id = ann, .created_at = noon, .expires_at = noon + 5},
        world.next_id());
    BOOST_TEST(shown(db, bob, quoting_post).muted_until.value() == noon + 5);
    put(db, repo::scrub_post, original, noon);
    BOOST_TEST(shown(db, {}, quoting_post).deleted);
    BOOST_TEST(!shown(db, {}, quoting_post).visible);
}

KITH_STORAGE_TEST(only_approved_quotes_are_listed_and_counted) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto original = world.post(ann);
    const auto first = world.post(bob), second = world.post(bob);
    const auto hidden = world.post(bob, Visibility::followers), asked = world.post(bob);
    for (auto id : {first, second, hidden})
        put(db, repo::put_quote, quote_between(world, id, original));
    put(db, repo::put_quote, quote_between(world, asked, original, QuoteState::pending));
    BOOST_TEST(quoting(db, {}, original) == (Ids{second, first}), per_element());
    BOOST_TEST(quoting(db, bob, original) == (Ids{hidden, second, first}), per_element());
    BOOST_TEST(quoting(db, {}, original, {.below = second}) == Ids{first}, per_element());
    BOOST_TEST(quoting(db, {}, original, {.above = first, .ascending = true}) == Ids{second},
               per_element());
    const auto counts =
        must(db.read([&](sql::Tx& tx) { return repo::quote_counts(tx, std::span(&original, 1)); }));
    BOOST_REQUIRE(counts.size() == 1u);
    BOOST_TEST(counts.front().quotes == 3);
    BOOST_TEST(ask(db, repo::quoting_local, original) == (Ids{first, second, hidden}),
               per_element());
    put(db, repo::scrub_post, first, noon);
    BOOST_TEST(!ask(db, repo::find_quote, first));
}

KITH_STORAGE_TEST(a_quote_waits_for_the_post_that_it_quotes) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto by_bob = world.post(bob), by_ann = world.post(ann);
    for (auto id : {by_bob, by_ann})
        put(db, repo::put_quote,
            Quote{.post_id = id, .quoted_ap_id = "https://there.example/late", .created_at = noon});
    const auto late = world.post(ann);
    put(db, repo::adopt_quotes, late, std::string_view("https://there.example/late"), ann);
    BOOST_TEST(ask(db, repo::find_quote, by_bob)->quoted_id.value() == late);
    BOOST_TEST((ask(db, repo::find_quote, by_bob)->state == QuoteState::pending));
    BOOST_TEST((ask(db, repo::find_quote, by_ann)->state == QuoteState::accepted));
}

KITH_STORAGE_TEST(rules_are_kept_for_each_kind_of_interaction) {
    World world(db);
    const auto post = world.post(world.person("ann"));
    put(db, repo::put_rule,
        model::InteractionRule{post, Interaction::quote, model::audience_public, 0});
    put(db, repo::put_rule, model::InteractionRule{post, Interaction::like, 0, 0});
    put(db, repo::put_rule,
        model::InteractionRule{post, Interaction::quote, model::audience_followers,
                               model::audience_others});
    const auto rule = ask(db, repo::find_rule, post, Interaction::quote).value();
    BOOST_TEST(rule.automatic == int(model::audience_followers));
    BOOST_TEST(rule.manual == int(model::audience_others));
    BOOST_TEST(!ask(db, repo::find_rule, post, Interaction::reply));
    const auto rules = must(db.read(
        [&](sql::Tx& tx) { return repo::rules_of(tx, std::span(&post, 1), Interaction::like); }));
    BOOST_TEST(rules.size() == 1u);
    put(db, repo::remove_rule, post, Interaction::like);
    BOOST_TEST(!ask(db, repo::find_rule, post, Interaction::like));
}

BOOST_AUTO_TEST_SUITE_END()
