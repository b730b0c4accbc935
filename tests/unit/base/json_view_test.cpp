#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/json/view.hpp"

using kith::Code;
using kith::json::Document;
using kith::json::Kind;
using kith::json::View;

namespace {

Document parsed(std::string_view text) {
    auto document = Document::parse(text);
    BOOST_REQUIRE(document);
    return std::move(*document);
}

std::vector<std::string> strings_of(View many) {
    std::vector<std::string> out;
    for (const View one : many) out.emplace_back(one.string_or("-"));
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_view)

BOOST_AUTO_TEST_CASE(kinds_are_told_apart) {
    const auto document = parsed(R"([null,true,false,1,1.5,"s",[],{}])");
    const std::vector<Kind> expected = {Kind::null,   Kind::boolean, Kind::boolean, Kind::number,
                                        Kind::number, Kind::string,  Kind::array,   Kind::object};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        BOOST_TEST((document.root().at(i).kind() == expected[i]));
    }
    BOOST_TEST(document.root().at(expected.size()).is_absent());
    BOOST_TEST(Document().root().is_absent());
}

BOOST_AUTO_TEST_CASE(reading_through_what_is_not_there_is_absent) {
    const auto document = parsed(R"({"object":"https://a.example/1","list":[1],"no":null})");
    BOOST_TEST(document["object"]["id"]["owner"].is_absent());
    BOOST_TEST(document["missing"].at(3)["x"].is_absent());
    BOOST_TEST(document["list"].at(7).is_absent());
    BOOST_TEST(document["list"]["x"].is_absent());
    BOOST_TEST(!document["no"].is_absent());
    BOOST_TEST(document["no"].is_nothing());
    const auto missing = document["object"]["id"].string();
    BOOST_REQUIRE(!missing);
    BOOST_TEST((missing.error().code == Code::invalid));
    BOOST_TEST(missing.error().detail == "expected a string, found nothing");
}

BOOST_AUTO_TEST_CASE(strict_readings_take_exactly_their_type) {
    const auto document = parsed(R"(["1",1,1.5,true,3.0,3e2,1e19,[],{},null])");
    const auto root = document.root();
    BOOST_TEST(*root.at(0).string() == "1");
    for (const std::size_t i : {1, 2, 3, 7, 8, 9}) BOOST_TEST(!root.at(i).string());
    BOOST_TEST(*root.at(1).integer() == 1);
    BOOST_TEST(*root.at(4).integer() == 3);
    BOOST_TEST(*root.at(5).integer() == 300);
    for (const std::size_t i : {0, 2, 3, 6, 7, 8, 9}) BOOST_TEST(!root.at(i).integer());
    BOOST_TEST(*root.at(3).boolean() == true);
    for (const std::size_t i : {0, 1, 7, 8, 9}) BOOST_TEST(!root.at(i).boolean());
}

BOOST_AUTO_TEST_CASE(tolerant_readings_take_what_peers_write) {
    const auto document = parsed(
        R"({"s":"12","f":12.9,"fs":"12.9","neg":-3.7,"t":"true","F":"false","b":false,
            "x":"12 apples","inf":"inf","nan":"nan","big":"99999999999999999999","huge":1e300,
            "empty":"","one":1})");
    BOOST_TEST(*document["s"].maybe_integer() == 12);
    BOOST_TEST(*document["f"].maybe_integer() == 12);
    BOOST_TEST(*document["fs"].maybe_integer() == 12);
    BOOST_TEST(*document["neg"].maybe_integer() == -3);
    for (const auto* name : {"x", "inf", "nan", "big", "huge", "empty", "t", "b", "missing"}) {
        BOOST_TEST_INFO(name);
        BOOST_TEST(!document[name].maybe_integer().has_value());
    }
    BOOST_TEST(*document["fs"].maybe_number() == 12.9);
    BOOST_TEST(!document["inf"].maybe_number().has_value());
    BOOST_TEST(*document["t"].maybe_boolean() == true);
    BOOST_TEST(*document["F"].maybe_boolean() == false);
    BOOST_TEST(*document["b"].maybe_boolean() == false);
    BOOST_TEST(!document["one"].maybe_boolean().has_value());
    BOOST_TEST(document["one"].string_or("otherwise") == "otherwise");
    BOOST_TEST(!document["one"].maybe_string().has_value());
    BOOST_TEST(*document["empty"].maybe_string() == "");
}

BOOST_AUTO_TEST_CASE(one_or_many_reads_alike) {
    const auto document =
        parsed(R"({"one":"a","many":["a","b"],"none":[],"null":null,"object":{"id":"x"}})");
    BOOST_TEST(strings_of(document["one"]) == std::vector<std::string>{"a"},
               boost::test_tools::per_element());
    BOOST_TEST(strings_of(document["many"]) == (std::vector<std::string>{"a", "b"}),
               boost::test_tools::per_element());
    BOOST_TEST(document["none"].size() == 0u);
    BOOST_TEST(document["null"].size() == 0u);
    BOOST_TEST(document["missing"].size() == 0u);
    BOOST_TEST(document["object"].size() == 1u);
    BOOST_TEST(document["object"].at(0)["id"].string_or("") == "x");
    BOOST_TEST(document["object"].at(1).is_absent());
}

BOOST_AUTO_TEST_CASE(first_of_passes_over_nothing) {
    const auto document = parsed(R"({"quoteUri":null,"quoteUrl":"u","_misskey_quote":"m"})");
    BOOST_TEST(document.root().first_of({"quote", "quoteUri", "quoteUrl"}).string_or("") == "u");
    BOOST_TEST(document.root().first_of({"a", "b"}).is_absent());
}

BOOST_AUTO_TEST_CASE(members_come_in_their_order) {
    const auto document = parsed(R"({"z":1,"a":2})");
    BOOST_TEST(document.root().member_count() == 2u);
    BOOST_TEST(document.root().member_name(0) == "z");
    BOOST_TEST(*document.root().member(1).integer() == 2);
    BOOST_TEST(document.root().member_name(2) == "");
    BOOST_TEST(document.root().member(2).is_absent());
    BOOST_TEST(document["z"].member_count() == 0u);
}

BOOST_AUTO_TEST_CASE(text_is_the_compact_form) {
    const auto document =
        parsed("{ \"z\" : [ 1 , 2.5, -7 ] ,\"a\":{\"\\u00e9\\n\":null, \"t\":true} }");
    BOOST_TEST(document.root().text() == R"({"z":[1,2.5,-7],"a":{"é\n":null,"t":true}})");
    BOOST_TEST(document["z"].at(1).text() == "2.5");
    BOOST_TEST(document["missing"].text() == "null");
}

BOOST_AUTO_TEST_SUITE_END()
