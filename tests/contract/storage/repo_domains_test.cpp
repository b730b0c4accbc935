#include "storage/repo/domains.hpp"

#include "storage/repo/domain_rules.hpp"
#include "storage/repo/featured_tags.hpp"
#include "storage/repo/host_suspension.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_domains)

namespace {

using model::BlockSeverity;

model::DomainPolicy policy(sql::Db& db, const std::string& host) {
    return ask(db, repo::domain_policy, host);
}

}  // namespace

KITH_STORAGE_TEST(all_that_is_said_about_a_host_is_kept) {
    World world(db);
    const model::DomainBlock wanted{.host = "bad.example",
                                    .severity = BlockSeverity::none,
                                    .reason = "for all",
                                    .created_at = noon,
                                    .id = 7,
                                    .reject_media = true,
                                    .reject_reports = true,
                                    .note = "for us",
                                    .obfuscate = true,
                                    .list_id = 3};
    put(db, repo::put_domain_block, wanted);
    const auto found = ask(db, repo::find_domain_block_by_id, Id(7)).value();
    BOOST_TEST(found.host == wanted.host);
    BOOST_TEST((found.severity == wanted.severity));
    BOOST_TEST(found.reason == wanted.reason);
    BOOST_TEST(found.note == wanted.note);
    BOOST_TEST((found.reject_media && found.reject_reports && found.obfuscate));
    BOOST_TEST(found.list_id.value() == 3);
    auto by_hand = wanted;
    by_hand.id = 8;
    by_hand.list_id = {};
    put(db, repo::put_domain_block, by_hand);
    const auto again = ask(db, repo::find_domain_block, "bad.example").value();
    BOOST_TEST(again.id == 7);
    BOOST_TEST(!again.list_id);
}

KITH_STORAGE_TEST(the_strictest_word_about_a_host_and_the_domains_above_it_holds) {
    World world(db);
    put(db, repo::put_domain_block,
        model::DomainBlock{.host = "example.org", .severity = BlockSeverity::silence, .reject_reports = true});
    put(db, repo::put_domain_block,
        model::DomainBlock{.host = "b.example.org", .severity = BlockSeverity::none, .reject_media = true});
    put(db, repo::put_domain_block, model::DomainBlock{.host = "a.b.example.org"});
    const auto top = policy(db, "example.org:8443");
    BOOST_TEST((top.silenced && top.reject_reports && !top.suspended && !top.reject_media));
    const auto middle = policy(db, "b.example.org");
    BOOST_TEST((middle.silenced && middle.reject_media && !middle.suspended));
    const auto below = policy(db, "x.a.b.example.org");
    BOOST_TEST((below.suspended && below.silenced && below.reject_media && below.reject_reports));
    const auto alike = policy(db, "notexample.org");
    BOOST_TEST((!alike.suspended && !alike.silenced && !alike.reject_media && !alike.reject_reports));
}

KITH_STORAGE_TEST(where_only_some_hosts_are_allowed_every_other_is_suspended) {
    World world(db);
    const auto friendly = world.stranger("fay", "friend.example");
    const auto below = world.stranger("bo", "a.friend.example");
    BOOST_TEST(put(db, repo::add_domain_allow, model::DomainAllow{"friend.example", noon, 1}));
    BOOST_TEST(!put(db, repo::add_domain_allow, model::DomainAllow{"friend.example", noon, 2}));
    BOOST_TEST(!policy(db, "other.example").suspended);
    put(db, repo::set_only_allowed_hosts, true);
    BOOST_TEST(policy(db, "other.example").suspended);
    BOOST_TEST(!policy(db, "friend.example").suspended);
    BOOST_TEST(policy(db, "a.friend.example").suspended);
    BOOST_TEST(put(db, repo::follow_domain_blocks, noon).hidden == 1);
    BOOST_TEST(!world.actor(friendly).suspended_at);
    BOOST_TEST(world.actor(below).suspended_at.has_value());
    put(db, repo::put_domain_block, model::DomainBlock{.host = "friend.example"});
    BOOST_TEST(policy(db, "friend.example").suspended);
    put(db, repo::set_only_allowed_hosts, false);
    BOOST_TEST(put(db, repo::remove_domain_allow, "friend.example"));
    BOOST_TEST(!policy(db, "other.example").suspended);
}

KITH_STORAGE_TEST(marks_of_a_host_are_those_of_its_actors_also_of_later_ones) {
    World world(db);
    put(db, repo::put_domain_block,
        model::DomainBlock{.host = "bad.example", .severity = BlockSeverity::none, .reject_media = true});
    const auto late = world.stranger("late", "bad.example");
    BOOST_TEST(world.actor(late).media_rejected);
    put(db, repo::remove_domain_block, "bad.example");
    put(db, repo::follow_domain_blocks, noon);
    BOOST_TEST(!world.actor(late).media_rejected);
}

KITH_STORAGE_TEST(lists_say_what_they_said_last_and_a_silencing_list_suspends_nobody) {
    World world(db);
    const model::Blocklist soft{.id = 1, .url = "https://a.example/l", .severity_max = BlockSeverity::silence};
    BOOST_TEST(put(db, repo::add_blocklist, soft));
    BOOST_TEST(!put(db, repo::add_blocklist, model::Blocklist{.id = 2, .url = soft.url}));
    const model::DomainBlock one{.host = "one.example", .reason = "r"}, two{.host = "two.example"};
    put(db, repo::put_blocklist_entry, Id(1), one, noon);
    put(db, repo::put_blocklist_entry, Id(1), two, noon);
    put(db, repo::put_blocklist_entry, Id(1), one, noon + 1);
    put(db, repo::drop_blocklist_entries, Id(1), noon + 1);
    const auto entries = ask(db, repo::blocklist_entries);
    BOOST_REQUIRE(entries.size() == 1);
    BOOST_TEST(entries[0].host == "one.example");
    BOOST_TEST(entries[0].list_id.value() == 1);
    BOOST_TEST((entries[0].severity == BlockSeverity::silence));
    auto read = soft;
    read.fetched_at = noon;
    read.last_error = "away";
    put(db, repo::save_blocklist, read);
    BOOST_TEST(ask(db, repo::blocklists).at(0).last_error == "away");
    BOOST_TEST(put(db, repo::remove_blocklist, Id(1)));
    BOOST_TEST(ask(db, repo::blocklist_entries).empty());
}

KITH_STORAGE_TEST(featured_tags_are_counted_by_open_posts) {
    World world(db);
    const auto ann = world.person("ann");
    BOOST_TEST(put(db, repo::add_featured_tag,
                   model::FeaturedTag{.id = 5, .actor_id = ann, .name = "moss", .display = "Moss"}));
    BOOST_TEST(!put(db, repo::add_featured_tag,
                    model::FeaturedTag{.id = 6, .actor_id = ann, .name = "moss", .display = "MOSS"}));
    const auto tags = ask(db, repo::featured_tags, ann);
    BOOST_REQUIRE(tags.size() == 1);
    BOOST_TEST(tags[0].display == "Moss");
    BOOST_TEST(tags[0].posts == 0);
    BOOST_TEST(!tags[0].last_post_at);
    BOOST_TEST(!put(db, repo::remove_featured_tag, ann + 1, Id(5)));
    BOOST_TEST(put(db, repo::remove_featured_tag, ann, Id(5)));
}

BOOST_AUTO_TEST_SUITE_END()
