#include "node/ap/collections.hpp"

#include <boost/test/unit_test.hpp>

#include "base/json/view.hpp"
#include "federation/vocab/reader.hpp"

using namespace kith;
using namespace kith::ap;

namespace {

const std::string outbox_id = "https://a.example/u/alice/outbox";
const Urls urls{"https://a.example", "a.example"};

json::Document parsed(const std::string& text) {
    auto document = json::Document::parse(text);
    BOOST_REQUIRE_MESSAGE(document, text);
    return std::move(*document);
}

vocab::Post hello() {
    vocab::Post post;
    post.id = "https://a.example/post/7";
    post.attributed_to = "https://a.example/u/alice";
    post.content = "<p>hello</p>";
    post.to = {std::string(vocab::public_collection)};
    post.cc = {"https://a.example/u/alice/followers"};
    post.published = 1'767'571'200'000;
    return post;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ap_collections)

BOOST_AUTO_TEST_CASE(totals_name_nobody) {
    const auto document = parsed(totals_only("https://a.example/u/alice/followers", 3));
    BOOST_TEST(document["type"].string_or({}) == "OrderedCollection");
    BOOST_TEST(document["totalItems"].maybe_integer().value_or(-1) == 3);
    BOOST_TEST(document["orderedItems"].is_absent());
    BOOST_TEST(document["first"].is_absent());
}

BOOST_AUTO_TEST_CASE(a_groups_followers_are_a_collection_with_an_empty_list) {
    const auto document = parsed(group_followers("https://a.example/c/garden/followers", 12));
    BOOST_TEST(document["type"].string_or({}) == "Collection");
    BOOST_TEST(document["totalItems"].maybe_integer().value_or(-1) == 12);
    BOOST_TEST(document["items"].is_array());
    BOOST_TEST(document["items"].size() == 0u);
}

BOOST_AUTO_TEST_CASE(ids_keep_their_order_and_are_escaped) {
    const auto document = parsed(id_collection("https://a.example/x", {"https://b.example/1", "https://b.example/\"2"}, Order::meant));
    BOOST_TEST(document["type"].string_or({}) == "OrderedCollection");
    BOOST_REQUIRE(document["orderedItems"].size() == 2u);
    BOOST_TEST(document["orderedItems"].at(0).string_or({}) == "https://b.example/1");
    BOOST_TEST(document["orderedItems"].at(1).string_or({}) == "https://b.example/\"2");
    BOOST_TEST(parsed(id_collection("https://a.example/x", {}, Order::none))["type"].string_or({}) == "Collection");
}

BOOST_AUTO_TEST_CASE(an_outbox_names_its_first_page) {
    const auto document = parsed(outbox_collection(outbox_id, 5, std::nullopt));
    BOOST_TEST(document["first"].string_or({}) == outbox_id + "?page=true");
    BOOST_TEST(document["orderedItems"].is_absent());
}

BOOST_AUTO_TEST_CASE(a_groups_outbox_has_its_newest_items_at_once) {
    const auto document = parsed(outbox_collection(outbox_id, 5, OutboxItems{{R"({"type":"Announce"})"}, 9}));
    BOOST_TEST(document["orderedItems"].size() == 1u);
    BOOST_TEST(document["totalItems"].maybe_integer().value_or(-1) == 5);
}

BOOST_AUTO_TEST_CASE(pages_lead_on_until_there_is_nothing_older) {
    const auto first = parsed(outbox_page(outbox_id, std::nullopt, {{R"({"type":"Create"})"}, 41}));
    BOOST_TEST(first["type"].string_or({}) == "OrderedCollectionPage");
    BOOST_TEST(first["partOf"].string_or({}) == outbox_id);
    BOOST_TEST(first["next"].string_or({}) == outbox_id + "?page=true&max_id=41");
    const auto last = parsed(outbox_page(outbox_id, 41, {{}, std::nullopt}));
    BOOST_TEST(last["id"].string_or({}) == outbox_id + "?page=true&max_id=41");
    BOOST_TEST(last["next"].is_absent());
    BOOST_TEST(last["orderedItems"].is_array());
}

BOOST_AUTO_TEST_CASE(a_create_embeds_its_post_and_is_addressed_like_it) {
    const auto document = parsed(create_of(urls, hello(), 7, vocab::Context::with));
    const auto activity = vocab::read_activity(document.root());
    BOOST_REQUIRE(activity);
    BOOST_TEST(activity->id == "https://a.example/activity/7");
    BOOST_TEST(activity->actor == "https://a.example/u/alice");
    BOOST_TEST(activity->object_id == "https://a.example/post/7");
    BOOST_TEST(activity->to == hello().to, boost::test_tools::per_element());
    BOOST_TEST(!document["@context"].is_absent());
    BOOST_TEST(document["object"]["@context"].is_absent());
    BOOST_TEST(parsed(create_of(urls, hello(), 7, vocab::Context::without))["@context"].is_absent());
}

BOOST_AUTO_TEST_SUITE_END()
