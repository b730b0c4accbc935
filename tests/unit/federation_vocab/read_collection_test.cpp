#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

namespace {

Read<CollectionPage> collection(std::string_view members) {
    return read(read_collection, "{'id':'https://a.example/c'," + std::string(members) + "}");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vocab_read_collection)

BOOST_AUTO_TEST_CASE(items_and_ordered_items_are_both_taken) {
    for (auto members :
         {"'type':'Collection','items':['https://a.example/1',null]",
          "'type':'OrderedCollection','orderedItems':'https://a.example/1'",
          "'type':'CollectionPage','items':[{'id':'https://a.example/1'}]",
          "'type':['OrderedCollectionPage'],'orderedItems':['https://a.example/1']"}) {
        auto c = collection(members);
        BOOST_REQUIRE_MESSAGE(c, members);
        BOOST_REQUIRE(c->items.size() == 1u);
        BOOST_TEST(id_of(c->items[0]) == "https://a.example/1");
    }
}

BOOST_AUTO_TEST_CASE(pages_are_named) {
    auto c =
        collection("'type':'OrderedCollection','totalItems':7,'first':'https://a.example/c?p=1'");
    BOOST_REQUIRE(c);
    BOOST_TEST(c->id == "https://a.example/c");
    BOOST_TEST(c->first == "https://a.example/c?p=1");
    BOOST_TEST((c->total_items == 7));
    BOOST_TEST(c->items.empty());
    auto page = collection("'type':'OrderedCollectionPage','next':'https://a.example/c?p=2'");
    BOOST_REQUIRE(page);
    BOOST_TEST(page->next == "https://a.example/c?p=2");
}

// Mastodon's replies.
BOOST_AUTO_TEST_CASE(a_first_page_may_be_inside) {
    auto c = collection(
        "'type':'Collection','first':{'type':'CollectionPage',"
        "'next':'https://a.example/c?p=2','items':['https://a.example/1']}");
    BOOST_REQUIRE(c);
    BOOST_TEST(c->items.size() == 1u);
    BOOST_TEST(c->next == "https://a.example/c?p=2");
}

BOOST_AUTO_TEST_CASE(totals_are_counts_in_any_spelling) {
    BOOST_TEST((collection("'type':'Collection','totalItems':3.0")->total_items == 3));
    BOOST_TEST((collection("'type':'Collection','totalItems':'3'")->total_items == 3));
    BOOST_TEST(!collection("'type':'Collection','totalItems':-1")->total_items);
    BOOST_TEST(!collection("'type':'Collection','totalItems':null")->total_items);
}

BOOST_AUTO_TEST_CASE(other_things_are_no_collections) {
    for (auto text : {"{}", "[]", "null", "'https://a.example/c'", "{'type':'Note'}",
                      "{'type':'Collection','id':1}"})
        BOOST_TEST(!read(read_collection, text), text);
}

BOOST_AUTO_TEST_SUITE_END()
