#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

namespace {

json::Document parsed(std::string_view quoted) {
    return std::move(*json::Document::parse(double_quoted(quoted)));
}

std::string id_of_text(std::string_view quoted) { return id_of(parsed(quoted)["x"]); }

}  // namespace

BOOST_AUTO_TEST_SUITE(vocab_ids)

BOOST_AUTO_TEST_CASE(ids_differ_by_every_byte_but_the_case_of_scheme_and_host) {
    BOOST_TEST(normalize_id("HTTPS://A.Example/Users/Ann?b=C#D") ==
               "https://a.example/Users/Ann?b=C#D");
    BOOST_TEST(normalize_id("http://127.0.0.1:8080/u/a") == "http://127.0.0.1:8080/u/a");
    BOOST_TEST(normalize_id("https://a.example/%41") == "https://a.example/%41");
    BOOST_TEST(normalize_id("https://a.example/u/") != normalize_id("https://a.example/u"));
}

BOOST_AUTO_TEST_CASE(what_is_no_url_is_no_id) {
    for (auto text :
         {"", "1", "ann", "/users/ann", "acct:ann@a.example", "did:key:z6Mk", "tag:a,2026:1",
          "javascript:alert(1)", "https://", "https://u:p@a.example/", "file:///etc/passwd"})
        BOOST_TEST(normalize_id(text) == "", text);
}

BOOST_AUTO_TEST_CASE(an_id_is_text_or_the_id_of_an_embedded_object) {
    BOOST_TEST(id_of_text("{'x':'https://a.example/1'}") == "https://a.example/1");
    BOOST_TEST(id_of_text("{'x':['https://a.example/1']}") == "https://a.example/1");
    BOOST_TEST(id_of_text("{'x':{'id':'https://a.example/1','type':'Person'}}") ==
               "https://a.example/1");
    BOOST_TEST(id_of_text("{'x':[{'id':'https://a.example/1'}]}") == "https://a.example/1");
}

BOOST_AUTO_TEST_CASE(of_several_ids_none_is_taken) {
    BOOST_TEST(id_of_text("{'x':['https://a.example/1','https://a.example/2']}") == "");
    for (auto text : {"{}", "{'x':null}", "{'x':1}", "{'x':true}", "{'x':[]}", "{'x':{}}",
                      "{'x':[[]]}", "{'x':{'id':null}}", "{'x':{'id':1}}",
                      "{'x':{'id':['https://a.example/1']}}", "{'x':[['https://a.example/1']]}"})
        BOOST_TEST(id_of_text(text) == "", text);
}

BOOST_AUTO_TEST_CASE(public_has_one_spelling_inside) {
    const auto document = parsed(
        "{'x':['as:Public','Public','https://www.w3.org/ns/activitystreams#Public',"
        "{'id':'as:Public'},'https://b.example/u','https://b.example/u',7,'followers']}");
    BOOST_TEST(
        ids_of(document["x"]) == (Ids{std::string(public_collection), "https://b.example/u"}),
        boost::test_tools::per_element());
    for (auto id : {"as:Public", "Public", "https://www.w3.org/ns/activitystreams#Public"})
        BOOST_TEST(is_public(id));
    for (auto id : {"", "public", "as:public", "https://a.example/#Public"})
        BOOST_TEST(!is_public(id));
}

BOOST_AUTO_TEST_CASE(a_type_is_one_or_many_and_prefixed_ones_are_not_known) {
    const auto both = parsed("{'type':['sec:Key','Person','schema:Person']}");
    BOOST_TEST(has_type(both.root(), "Person"));
    BOOST_TEST(is_actor_type(both.root()));
    BOOST_TEST(!is_post_type(both.root()));
    BOOST_TEST(is_activity_type(parsed("{'type':'EmojiReact'}").root()));
    BOOST_TEST(is_activity_type(parsed("{'type':['Announce']}").root()));
    BOOST_TEST(is_post_type(parsed("{'type':'ChatMessage'}").root()));
    for (auto text : {"{}", "[]", "'Note'", "1", "null", "{'type':1}", "{'type':{'id':'Note'}}",
                      "{'type':'as:Note'}", "{'type':[['Note']]}"})
        BOOST_TEST(!is_post_type(parsed(text).root()), text);
}

BOOST_AUTO_TEST_SUITE_END()
