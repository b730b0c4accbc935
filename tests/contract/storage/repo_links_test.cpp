// Pages that posts link to: read once, by one reader, and shown where they say something; profiles beside.
#include "storage/repo/links.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/timelines.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(repo_links)

KITH_STORAGE_TEST(a_page_is_read_by_one_reader_and_shown_where_it_says_something) {
    World world(db);
    const auto ann = world.person("ann");
    const auto post = world.post(ann), other = world.post(ann);
    const auto link = put(db, repo::add_link, world.next_id(), "https://a.example/");
    BOOST_TEST(put(db, repo::add_link, world.next_id(), "https://a.example/") == link);
    put(db, repo::set_post_link, post, link);
    put(db, repo::queue_link, link, noon + 5);
    put(db, repo::queue_link, link, noon);  // the earlier time counts
    BOOST_TEST(!ask(db, repo::has_due_links, noon - 1));
    const auto due = put(db, repo::claim_link, noon, noon + 60);
    BOOST_TEST(due->url == "https://a.example/");
    BOOST_TEST(due->attempts == 1);
    BOOST_TEST(!put(db, repo::claim_link, noon, noon + 60).has_value());
    BOOST_TEST(put(db, repo::claim_link, noon + 60, noon + 120)->attempts == 2);
    BOOST_TEST(ask(db, repo::links_of, std::array{post, other}).empty());

    model::Link read{.id = link, .url = "https://a.example/", .kind = model::LinkKind::video, .title = "t", .description = "d"};
    read.author_id = ann;
    read.width = 640;
    read.published_at = noon;
    put(db, repo::put_link, read, noon + 70);
    BOOST_TEST(!ask(db, repo::has_due_links, noon + 1'000));
    const auto shown = ask(db, repo::links_of, std::array{post, other});
    BOOST_TEST(shown.size() == 1);
    BOOST_TEST(shown[0].post_id == post);
    BOOST_TEST((shown[0].link.kind == model::LinkKind::video));
    BOOST_TEST(shown[0].link.author_id.value_or(0) == ann);
    BOOST_TEST(shown[0].link.published_at.value_or(0) == noon);
    const auto state = ask(db, repo::find_link, "https://a.example/");
    BOOST_TEST((state->read && state->good && state->read_at == noon + 70));
    put(db, repo::put_empty_link, link, noon + 80);  // what was read before stays
    BOOST_TEST(ask(db, repo::links_by_ids, std::array{link}).size() == 1);
    put(db, repo::clear_post_link, post);
    BOOST_TEST(ask(db, repo::links_of, std::array{post}).empty());
}

KITH_STORAGE_TEST(links_trend_by_how_many_people_link_to_them_in_the_open) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), shy = world.person("shy");
    for (const auto id : {ann, bob}) {
        auto actor = world.actor(id);
        actor.discoverable = true;
        put(db, repo::update_actor, actor);
    }
    const auto link = put(db, repo::add_link, world.next_id(), "https://a.example/");
    put(db, repo::put_link, model::Link{.id = link, .url = "https://a.example/", .title = "t"}, noon);
    const auto says = [&](Id author, model::Visibility visibility = model::Visibility::public_) {
        const auto post = world.post(author, visibility);
        put(db, repo::set_post_link, post, link);
        return post;
    };
    says(ann);
    says(ann);
    says(shy);
    says(bob, model::Visibility::unlisted);
    BOOST_TEST(ask(db, repo::links_by_people, Id(0), 2, 10).empty());
    const auto last = says(bob);
    BOOST_TEST(ask(db, repo::links_by_people, Id(0), 2, 10) == Ids{link});
    BOOST_TEST(ask(db, repo::links_by_people, last, 1, 10).empty());
    BOOST_TEST(ask(db, repo::uses_of_link, link, Id(0), 10).size() == 3);
    const auto page = ask(db, repo::link_page, std::optional<Id>{}, link, repo::Window{});
    BOOST_TEST(page.size() == 4);  // also of who does not want to be found: it is public
    BOOST_TEST(page[0].post_id == last);
}

KITH_STORAGE_TEST(profiles_have_settings_and_domains_in_order) {
    World world(db);
    const auto ann = world.person("ann");
    BOOST_TEST(ask(db, repo::profile_settings, ann).show_media);
    BOOST_TEST(ask(db, repo::profile_settings, ann).quote_audience == 1);
    put(db, repo::put_profile_settings, ann, model::ProfileSettings{
        .show_media = false, .attribution_domains = {"b.example", "a.example"}, .quote_audience = 2});
    const auto settings = ask(db, repo::profile_settings, ann);
    BOOST_TEST(!settings.show_media);
    BOOST_TEST(settings.show_featured);
    BOOST_TEST(settings.quote_audience == 2);
    BOOST_TEST((settings.attribution_domains == std::vector<std::string>{"b.example", "a.example"}));
    put(db, repo::put_attribution_domains, ann, std::vector<std::string>{});
    BOOST_TEST(ask(db, repo::profile_settings, ann).attribution_domains.empty());
}

BOOST_AUTO_TEST_SUITE_END()
