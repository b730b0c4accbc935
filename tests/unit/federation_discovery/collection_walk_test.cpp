#include "federation/discovery/collection_walk.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace kith;
using namespace kith::discovery;

namespace {

// A host that serves what it is given, and counts.
struct Shelf {
    std::map<std::string, std::string> documents;
    std::vector<std::string> asked;
    std::set<std::string> known;
    std::vector<std::string> visited;

    Result<> walk(const std::string& url, WalkBounds bounds = {.pages_max = 9, .items_max = 99}) {
        const FetchPage fetch = [this](const std::string& id) -> Result<keys::FetchedDocument> {
            asked.push_back(id);
            const auto found = documents.find(id);
            if (found == documents.end()) return fail(Code::not_found, "Not found");
            return keys::FetchedDocument{id, found->second,
                                         TRY(json::Document::parse(found->second))};
        };
        const Visit visit = [this](json::View item) -> Result<Item> {
            visited.emplace_back(item.string_or("?"));
            return known.contains(visited.back()) ? Item::known : Item::fresh;
        };
        return walk_collection(url, fetch, visit, bounds);
    }
};

std::string page(const std::string& id, const std::string& items, const std::string& next) {
    return R"({"type":"OrderedCollectionPage","id":")" + id + R"(","orderedItems":[)" + items + "]" +
           (next.empty() ? "" : R"(,"next":")" + next + "\"") + "}";
}

const std::string box = "https://a.example/outbox";

}  // namespace

using Names = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(collection_walk)

BOOST_AUTO_TEST_CASE(pages_are_read_until_one_has_nothing_fresh) {
    Shelf shelf;
    shelf.documents = {{box, R"({"type":"OrderedCollection","id":"https://a.example/outbox","first":"https://a.example/outbox?1"})"},
                       {box + "?1", page(box + "?1", R"("a","b")", box + "?2")},
                       {box + "?2", page(box + "?2", R"("c","d")", box + "?3")},
                       {box + "?3", page(box + "?3", R"("e")", box + "?4")}};
    shelf.known = {"c", "d"};
    BOOST_TEST(shelf.walk(box).has_value());
    BOOST_TEST((shelf.visited == Names{"a", "b", "c", "d"}));
    BOOST_TEST((shelf.asked == Names{box, box + "?1", box + "?2"}));
}

BOOST_AUTO_TEST_CASE(items_in_the_collection_itself_count_and_its_pages_go_on) {
    Shelf shelf;
    shelf.documents = {{box, R"({"type":"OrderedCollection","id":"https://a.example/outbox","first":"https://a.example/outbox?1","orderedItems":["a"]})"},
                       {box + "?1", page(box + "?1", R"("a","b")", "")}};
    BOOST_TEST(shelf.walk(box).has_value());
    BOOST_TEST((shelf.visited == Names{"a", "a", "b"}));
}

BOOST_AUTO_TEST_CASE(an_embedded_first_page_leads_on) {
    Shelf shelf;
    shelf.documents = {{box, R"({"type":"Collection","id":"https://a.example/outbox","first":{"type":"CollectionPage","items":["a"],"next":"https://a.example/outbox?2"}})"},
                       {box + "?2", page(box + "?2", R"("b")", "")}};
    BOOST_TEST(shelf.walk(box).has_value());
    BOOST_TEST((shelf.visited == Names{"a", "b"}));
}

BOOST_AUTO_TEST_CASE(a_loop_ends) {
    Shelf shelf;
    shelf.documents = {{box, page(box, R"("a")", box)}};
    BOOST_TEST(shelf.walk(box).has_value());
    BOOST_TEST((shelf.asked == Names{box}));
}

BOOST_AUTO_TEST_CASE(pages_and_items_are_bounded) {
    Shelf shelf;
    shelf.documents[box] = page(box, R"("x")", box + "?0");
    for (int i = 0; i < 50; ++i)
        shelf.documents[box + "?" + std::to_string(i)] =
            page(box, R"("x","y")", box + "?" + std::to_string(i + 1));
    BOOST_TEST(shelf.walk(box, {.pages_max = 4, .items_max = 99}).has_value());
    BOOST_TEST(shelf.asked.size() == 4u);
    shelf.visited.clear();
    BOOST_TEST(shelf.walk(box, {.pages_max = 99, .items_max = 5}).has_value());
    BOOST_TEST(shelf.visited.size() == 5u);
}

BOOST_AUTO_TEST_CASE(a_page_of_another_origin_is_not_asked_for) {
    Shelf shelf;
    shelf.documents = {{box, page(box, R"("a")", "https://b.example/outbox?2")},
                       {"https://b.example/outbox?2", page("https://b.example/outbox?2", R"("b")", "")}};
    BOOST_TEST(shelf.walk(box).has_value());
    BOOST_TEST((shelf.asked == Names{box}));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_had_is_an_error_only_at_the_beginning) {
    Shelf shelf;
    BOOST_TEST(!shelf.walk(box).has_value());
    shelf.documents = {{box, page(box, R"("a")", box + "?2")}};
    BOOST_TEST(shelf.walk(box).has_value());
    shelf.documents = {{box, R"({"type":"Note","id":"https://a.example/outbox"})"}};
    BOOST_TEST(!shelf.walk(box).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
