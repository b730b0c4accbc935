// Collections of accounts, reports about them, and what members' years were.
#include "storage/repo/collections.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/annual_reports.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/polls.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reports.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::Collection;
using model::CollectionItem;
using model::CollectionItemState;
using model::NotificationKind;

BOOST_AUTO_TEST_SUITE(repo_collections)

namespace {

const std::optional<Id> nobody;

Collection make(sql::Db& db, World& world, Id owner, bool discoverable = true) {
    Collection c{.id = world.next_id(), .owner_id = owner, .name = "n", .description = "d", .language = "de", .tag = "",
                 .sensitive = true, .discoverable = discoverable, .created_at = noon, .updated_at = noon};
    put(db, repo::insert_collection, c);
    return c;
}

CollectionItem add(sql::Db& db, World& world, Id collection, Id actor,
                   CollectionItemState state = CollectionItemState::accepted) {
    const CollectionItem i{world.next_id(), collection, actor, state, noon};
    BOOST_TEST(put(db, repo::add_collection_item, i));
    return i;
}

Ids members(sql::Db& db, std::optional<Id> viewer, Id collection) {
    Ids out;
    const std::array<Id, 1> one{collection};
    for (const auto& item : ask(db, repo::collection_items, viewer, std::span<const Id>(one))) out.push_back(item.actor_id);
    return out;
}

Ids ids_of(const std::vector<Collection>& collections) {
    Ids out;
    for (const auto& each : collections) out.push_back(each.id);
    return out;
}

}  // namespace

KITH_STORAGE_TEST(a_collection_is_read_back_as_it_was_written) {
    World world(db);
    const auto ann = world.person("ann");
    auto c = make(db, world, ann);
    const auto tag = put(db, repo::tag_id, world.next_id(), "tea", "Tea");
    auto found = ask(db, repo::find_collection, nobody, c.id).value();
    BOOST_TEST(found.name == "n");
    BOOST_TEST(found.description == "d");
    BOOST_TEST(found.language == "de");
    BOOST_TEST(!found.tag_id);
    BOOST_TEST(found.tag.empty());
    BOOST_TEST(found.sensitive);
    BOOST_TEST(found.discoverable);
    c.name = "m";
    c.tag_id = tag;
    c.sensitive = c.discoverable = false;
    c.updated_at = noon + 1;
    put(db, repo::update_collection, c);
    found = ask(db, repo::find_collection, nobody, c.id).value();
    BOOST_TEST(found.name == "m");
    BOOST_TEST(found.tag_id.value() == tag);
    BOOST_TEST(found.tag == "Tea");
    BOOST_TEST(!found.sensitive);
    BOOST_TEST(!found.discoverable);
    BOOST_TEST(found.created_at == noon);
    BOOST_TEST(found.updated_at == noon + 1);
    BOOST_TEST(ask(db, repo::count_collections, ann) == 1);
    put(db, repo::delete_collection, c.id);
    BOOST_TEST(!ask(db, repo::find_collection, nobody, c.id));
    BOOST_TEST(ask(db, repo::count_collections, ann) == 0);
}

KITH_STORAGE_TEST(collections_are_listed_by_owner_and_by_who_is_in_them) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cy = world.person("cy");
    const auto one = make(db, world, ann), two = make(db, world, ann, false), three = make(db, world, bob);
    add(db, world, one.id, cy);
    add(db, world, two.id, cy);
    add(db, world, three.id, cy, CollectionItemState::pending);
    const auto list = [&](std::optional<Id> viewer, const repo::CollectionRows& rows) {
        return ids_of(ask(db, repo::collections, viewer, rows));
    };
    BOOST_TEST(list(nobody, {.owner = ann, .limit = 9}) == (Ids{two.id, one.id}), per_element());
    BOOST_TEST(list(nobody, {.owner = ann, .limit = 1, .offset = 1}) == Ids{one.id}, per_element());
    BOOST_TEST(list(nobody, {.with = cy, .limit = 9}) == (Ids{two.id, one.id}), per_element());
    BOOST_TEST(list(nobody, {.with = cy, .discoverable_only = true, .limit = 9}) == Ids{one.id}, per_element());
    world.block(ann, bob);
    BOOST_TEST(list(bob, {.owner = ann, .limit = 9}).empty());
    BOOST_TEST(!ask(db, repo::find_collection, std::optional<Id>(bob), one.id));
    BOOST_TEST(list(cy, {.owner = ann, .limit = 9}).size() == 2);
    put(db, repo::set_suspended, ann, std::optional<TimeMs>(noon));
    BOOST_TEST(list(cy, {.owner = ann, .limit = 9}).empty());
}

KITH_STORAGE_TEST(who_is_in_a_collection_and_for_whom) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cy = world.person("cy"), di = world.person("di");
    const auto c = make(db, world, ann);
    const auto bobs = add(db, world, c.id, bob);
    add(db, world, c.id, cy, CollectionItemState::pending);
    const auto gone = add(db, world, c.id, di);
    BOOST_TEST(!put(db, repo::add_collection_item, CollectionItem{world.next_id(), c.id, bob}));
    BOOST_TEST(members(db, nobody, c.id) == (Ids{bob, cy, di}), per_element());
    BOOST_TEST(ask(db, repo::count_collection_items, c.id) == 3);
    put(db, repo::set_suspended, di, std::optional<TimeMs>(noon));
    world.block(cy, bob);
    BOOST_TEST(members(db, bob, c.id) == Ids{bob}, per_element());
    BOOST_TEST(members(db, cy, c.id) == Ids{cy}, per_element());
    const auto found = ask(db, repo::find_collection_item, c.id, bobs.id).value();
    BOOST_TEST(found.actor_id == bob);
    BOOST_TEST((found.state == CollectionItemState::accepted));
    BOOST_TEST(!ask(db, repo::find_collection_item, c.id + 1000, bobs.id));
    put(db, repo::set_collection_item_state, bobs.id, CollectionItemState::revoked);
    BOOST_TEST(members(db, nobody, c.id) == Ids{cy}, per_element());
    put(db, repo::remove_collection_item, gone.id);
    BOOST_TEST(ask(db, repo::count_collection_items, c.id) == 1);
    put(db, repo::delete_collection, c.id);
    BOOST_TEST(!ask(db, repo::find_collection_item, c.id, bobs.id));
}

KITH_STORAGE_TEST(a_block_parts_two_in_collections) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cy = world.person("cy");
    const auto hers = make(db, world, ann), his = make(db, world, bob);
    const auto in_hers = add(db, world, hers.id, bob), in_his = add(db, world, his.id, ann);
    add(db, world, hers.id, cy);
    put(db, repo::part_in_collections, ann, bob);
    BOOST_TEST(members(db, nobody, hers.id) == Ids{cy}, per_element());
    BOOST_TEST(members(db, nobody, his.id).empty());
    BOOST_TEST(!ask(db, repo::find_collection_item, hers.id, in_hers.id));
    BOOST_TEST((ask(db, repo::find_collection_item, his.id, in_his.id)->state == CollectionItemState::revoked));
}

KITH_STORAGE_TEST(what_is_told_of_a_collection_is_told_once) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto c = make(db, world, ann), other = make(db, world, ann);
    const auto tell = [&](NotificationKind kind, Id collection) {
        const model::Notification n{.id = world.next_id(), .owner_id = bob, .kind = kind, .from_id = ann, .post_id = {},
                                    .created_at = noon, .report_id = {}, .severance_id = {}, .collection_id = collection};
        BOOST_TEST(put(db, repo::add_notification, n));
        return n.id;
    };
    const auto told = [&] {
        Ids out;
        for (const auto& n : ask(db, repo::notifications_page, bob, repo::NotificationRows{.kinds = "[15,16]", .from = {}}, noon,
                                 repo::Window{}))
            out.push_back(n.id);
        return out;
    };
    const auto added = tell(NotificationKind::added_to_collection, c.id);
    BOOST_TEST(ask(db, repo::find_notification, bob, added)->collection_id.value() == c.id);
    const auto second = tell(NotificationKind::added_to_collection, other.id);
    tell(NotificationKind::collection_update, c.id);
    const auto newest = tell(NotificationKind::collection_update, c.id);
    BOOST_TEST(told() == (Ids{newest, second, added}), per_element());
    put(db, repo::withdraw_collection_notifications, c.id, bob);
    BOOST_TEST(told() == Ids{second}, per_element());
    put(db, repo::delete_collection, other.id);
    BOOST_TEST(told().empty());
}

KITH_STORAGE_TEST(reports_name_collections) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto one = make(db, world, ann), two = make(db, world, ann);
    const model::Report report{.id = world.next_id(), .reporter_id = bob, .target_id = ann, .created_at = noon, .updated_at = noon};
    put(db, repo::add_report, report, std::span<const Id>());
    const std::array<Id, 3> named{two.id, one.id, two.id};
    put(db, repo::add_reported_collections, report.id, std::span<const Id>(named));
    BOOST_TEST(ids_of(ask(db, repo::reported_collections, report.id)) == (Ids{one.id, two.id}), per_element());
}

KITH_STORAGE_TEST(a_year_is_counted_between_its_ends) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    constexpr TimeMs from = noon, to = noon + 1000 * day_ms;
    const auto post_at = [&](TimeMs at, model::Visibility visibility = model::Visibility::public_) {
        auto p = world.draft(ann);
        p.id = p.thread_id = first_id_at(at) + world.next_id();
        p.visibility = visibility;
        return world.store(p).id;
    };
    post_at(from - second_ms);
    const auto first = post_at(from), second = post_at(to - second_ms), quiet = post_at(from + 1, model::Visibility::direct);
    post_at(to);
    const auto gone = post_at(from + 2);
    put(db, repo::scrub_post, gone, noon);
    auto answer = world.draft(ann);
    answer.id = first_id_at(from + 3) + world.next_id();
    answer.in_reply_to_id = first;
    world.store(answer);
    put(db, repo::put_poll, second, model::Poll{.closes_at = {}, .closed_at = {}, .voters_count = {}, .options = {{"a"}, {"b"}}});
    const repo::Span span{from, to};
    const auto counts = ask(db, repo::posted, ann, span);
    BOOST_TEST(counts.beginnings == 3);
    BOOST_TEST(counts.replies == 1);
    BOOST_TEST(counts.polls == 1);
    BOOST_TEST(counts.boosts == 0);
    BOOST_TEST(counts.all() == 4);
    BOOST_TEST(ask(db, repo::posted, bob, span).all() == 0);
    put(db, repo::add_boost, model::Boost{first_id_at(from + 4), ann, second, "https://here.example/b", {}, noon});
    BOOST_TEST(ask(db, repo::posted, ann, span).boosts == 1);

    const auto tea = put(db, repo::tag_id, world.next_id(), "tea", "Tea"), cake = put(db, repo::tag_id, world.next_id(), "cake", "cake");
    for (const auto id : {first, second}) put(db, repo::add_tag, id, tea);
    for (const auto id : {first, quiet}) put(db, repo::add_tag, id, cake);
    const auto tags = ask(db, repo::used_tags, ann, span, 5);
    BOOST_REQUIRE(tags.size() == 2);
    BOOST_TEST(tags[0].name == "Tea");
    BOOST_TEST(tags[0].count == 2);
    BOOST_TEST(tags[1].count == 1);
    BOOST_TEST(ask(db, repo::used_tags, ann, span, 1).size() == 1);

    BOOST_TEST(ask(db, repo::most_boosted, ann, span).value() == second);
    world.boost(bob, first);
    world.boost(world.person("cy"), first);
    BOOST_TEST(ask(db, repo::most_boosted, ann, span).value() == first);
    BOOST_TEST(!ask(db, repo::most_boosted, bob, span));

    const auto f = world.follow(bob, ann);
    const auto at = ask(db, repo::find_follow, bob, ann)->accepted_at.value();
    BOOST_TEST(ask(db, repo::followers_won, ann, repo::Span{at, at + 1}) == 1);
    BOOST_TEST(ask(db, repo::followers_won, ann, repo::Span{at + 1, at + 2}) == 0);
    put(db, repo::remove_follow, f);
    BOOST_TEST(ask(db, repo::followers_won, ann, repo::Span{at, at + 1}) == 0);
}

KITH_STORAGE_TEST(a_report_of_a_year_is_made_once) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const model::AnnualReport later{.actor_id = ann, .year = 2031, .data = "{\"a\":1}", .created_at = noon, .viewed_at = {}},
        earlier{.actor_id = ann, .year = 2030, .data = "{}", .created_at = noon, .viewed_at = {}};
    BOOST_TEST(put(db, repo::add_annual_report, later));
    BOOST_TEST(put(db, repo::add_annual_report, earlier));
    auto again = later;
    again.data = "{}";
    BOOST_TEST(!put(db, repo::add_annual_report, again));
    BOOST_TEST(ask(db, repo::find_annual_report, ann, 2031)->data == later.data);
    BOOST_TEST(!ask(db, repo::find_annual_report, bob, 2031));
    const auto all = ask(db, repo::annual_reports, ann);
    BOOST_REQUIRE(all.size() == 2);
    BOOST_TEST(all[0].year == 2030);
    BOOST_TEST(put(db, repo::set_annual_report_viewed, ann, 2031, noon + 1));
    BOOST_TEST(put(db, repo::set_annual_report_viewed, ann, 2031, noon + 2));
    BOOST_TEST(ask(db, repo::find_annual_report, ann, 2031)->viewed_at.value() == noon + 1);
    BOOST_TEST(!put(db, repo::set_annual_report_viewed, bob, 2031, noon));
}

BOOST_AUTO_TEST_SUITE_END()
