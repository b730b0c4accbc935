// Follows that a suspended host's people lost, and silenced hosts.
#include "storage/repo/host_suspension.hpp"
#include "storage/repo/domains.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/severances.hpp"
#include "storage/repo/timelines.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

namespace {

void block(sql::Db& db, std::string_view host, model::BlockSeverity severity) {
    put(db, repo::put_domain_block,
        model::DomainBlock{std::string(host), severity, "", noon});
    put(db, repo::follow_domain_blocks, noon);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repo_severances)

KITH_STORAGE_TEST(follows_with_a_suspended_host_are_found_in_both_directions) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto eve = world.stranger("eve", "evil.example"), cid = world.stranger("cid");
    const auto out = world.follow(ann, eve), in = world.follow(eve, bob);
    world.follow(ann, cid);
    BOOST_TEST(ask(db, repo::follows_to_sever, 9).empty());
    block(db, "evil.example", model::BlockSeverity::suspend);
    const auto found = ask(db, repo::follows_to_sever, 9);
    BOOST_REQUIRE(found.size() == 2u);
    BOOST_TEST((found[0].id == out.id && found[1].id == in.id));

    put(db, repo::add_severance, model::Severance{1, "evil.example", noon});
    for (const auto& follow : found) put(db, repo::add_severed, Id(1), follow);
    put(db, repo::add_severed, Id(1), found[0]);
    const auto anns = ask(db, repo::severed_counts, Id(1), ann);
    BOOST_TEST((anns.followers == 0 && anns.following == 1));
    const auto bobs = ask(db, repo::severed_counts, Id(1), bob);
    BOOST_TEST((bobs.followers == 1 && bobs.following == 0));
    const auto lost = ask(db, repo::severed_actors, Id(1), ann, repo::Lost::following, 9);
    BOOST_REQUIRE(lost.size() == 1u);
    BOOST_TEST(lost[0].id == eve);
    BOOST_TEST(ask(db, repo::find_severance, Id(1))->host == "evil.example");
}

KITH_STORAGE_TEST(a_silenced_host_is_left_out_of_public_timelines) {
    World world(db);
    const auto eve = world.stranger("eve", "a.evil.example"), cid = world.stranger("cid");
    const auto loud = world.post(cid);
    world.post(eve);
    block(db, "evil.example", model::BlockSeverity::silence);
    BOOST_TEST(ask(db, repo::is_silenced, eve));
    BOOST_TEST(!ask(db, repo::is_silenced, cid));
    const auto shown = [&] {
        Ids ids;
        for (const auto& row : ask(db, repo::public_page, std::optional<Id>(), repo::Origin::any,
                                   false, repo::Window{}))
            ids.push_back(row.post_id);
        return ids;
    };
    BOOST_TEST((shown() == Ids{loud}));
    put(db, repo::remove_domain_block, "evil.example");
    put(db, repo::follow_domain_blocks, noon);
    BOOST_TEST(!ask(db, repo::is_silenced, eve));
    BOOST_TEST(shown().size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
