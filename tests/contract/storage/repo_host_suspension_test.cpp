#include "storage/repo/host_suspension.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/domains.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_host_suspension)

namespace {

repo::HostSuspensions block(sql::Db& db, std::string_view host,
                            model::BlockSeverity severity = model::BlockSeverity::suspend) {
    put(db, repo::put_domain_block, model::DomainBlock{std::string(host), severity, "", noon});
    return put(db, repo::follow_domain_blocks, noon);
}

repo::HostSuspensions unblock(sql::Db& db, std::string_view host) {
    put(db, repo::remove_domain_block, host);
    return put(db, repo::follow_domain_blocks, noon);
}

bool hidden(World& world, Id actor) { return world.actor(actor).suspended_at.has_value(); }

}  // namespace

KITH_STORAGE_TEST(a_suspended_host_hides_its_actors_on_every_port_and_below_it_and_no_other) {
    World world(db);
    const auto ann = world.person("ann");
    const auto eve = world.stranger("eve", "bad.example");
    const auto port = world.stranger("port", "bad.example:8443");
    const auto below = world.stranger("below", "a.bad.example");
    const auto alike = world.stranger("alike", "notbad.example");
    BOOST_TEST(block(db, "bad.example").hidden == 3);
    for (const auto actor : {eve, port, below}) BOOST_TEST(hidden(world, actor));
    for (const auto actor : {ann, alike}) BOOST_TEST(!hidden(world, actor));
    BOOST_TEST(put(db, repo::follow_domain_blocks, noon).hidden == 0);
    BOOST_TEST(unblock(db, "bad.example").shown == 3);
    for (const auto actor : {eve, port, below}) BOOST_TEST(!hidden(world, actor));
}

KITH_STORAGE_TEST(a_silenced_host_hides_nobody_and_silencing_shows_who_was_suspended) {
    World world(db);
    const auto eve = world.stranger("eve", "bad.example");
    BOOST_TEST(block(db, "bad.example", model::BlockSeverity::silence).hidden == 0);
    BOOST_TEST(block(db, "bad.example").hidden == 1);
    BOOST_TEST(block(db, "bad.example", model::BlockSeverity::silence).shown == 1);
    BOOST_TEST(!hidden(world, eve));
}

KITH_STORAGE_TEST(the_end_of_a_block_shows_only_whom_no_other_reason_hides) {
    World world(db);
    const auto eve = world.stranger("eve", "bad.example");
    const auto below = world.stranger("below", "a.bad.example");
    put(db, repo::set_suspended, eve, std::optional<TimeMs>(noon - 1));
    BOOST_TEST(block(db, "a.bad.example").hidden == 1);
    BOOST_TEST(block(db, "bad.example").hidden == 0);
    BOOST_TEST(unblock(db, "bad.example").shown == 0);
    BOOST_TEST(hidden(world, below));
    BOOST_TEST(unblock(db, "a.bad.example").shown == 1);
    BOOST_TEST(!hidden(world, below));
    BOOST_TEST((world.actor(eve).suspended_at == noon - 1));
}

BOOST_AUTO_TEST_SUITE_END()
