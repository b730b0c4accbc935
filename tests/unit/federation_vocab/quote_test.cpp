#include "federation/vocab/writer.hpp"
#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;
using boost::test_tools::per_element;

namespace {

std::string quote_in(std::string_view members) {
    auto p = post_with(members);
    BOOST_REQUIRE_MESSAGE(p, members);
    return p->quote;
}

Read<QuoteAuthorization> stamp_with(std::string_view members) {
    return read(read_quote_authorization,
                "{'type':'QuoteAuthorization'," + std::string(members) + "}");
}

const std::string parts =
    "'attributedTo':'https://b.example/bob','interactingObject':'https://a.example/1',"
    "'interactionTarget':'https://b.example/2'";

}  // namespace

BOOST_AUTO_TEST_SUITE(vocab_quote)

BOOST_AUTO_TEST_CASE(each_name_of_a_quote_is_read_and_the_first_wins) {
    const std::vector<std::string> members = {
        "'quote':'https://b.example/quote'", "'_misskey_quote':'https://b.example/misskey'",
        "'quoteUrl':'https://b.example/url'", "'quoteUri':'https://b.example/uri'",
        "'tag':[{'type':'Link','href':'https://b.example/tag','mediaType':"
        "'application/activity+json','rel':['x','https://misskey-hub.net/ns#_misskey_quote']}]"};
    const std::vector<std::string> ids = {"quote", "misskey", "url", "uri", "tag"};
    for (std::size_t first = 0; first < members.size(); ++first) {
        std::string all;
        for (std::size_t i = members.size(); i-- > first;)
            all += members[i] + (i > first ? "," : "");
        BOOST_TEST(quote_in(all) == "https://b.example/" + ids[first]);
    }
}

BOOST_AUTO_TEST_CASE(a_quote_is_an_id_or_an_embedded_object_of_which_only_the_id_counts) {
    BOOST_TEST(quote_in("'quote':{'id':'https://b.example/2','content':'forged'}") ==
               "https://b.example/2");
    BOOST_TEST(quote_in("'quote':['https://b.example/2','https://b.example/3']") ==
               "https://b.example/2");
    for (const char* nothing : {"'quote':null", "'quote':7", "'quote':'Public'", "'quote':'x'",
                                "'quote':{}", "'sensitive':false"})
        BOOST_TEST(quote_in(nothing) == "", nothing);
}

BOOST_AUTO_TEST_CASE(a_link_that_is_no_object_or_no_quote_is_none) {
    for (const char* other :
         {"'mediaType':'text/html','rel':'https://misskey-hub.net/ns#_misskey_quote'",
          "'rel':'https://misskey-hub.net/ns#_misskey_quote'",
          "'mediaType':'application/activity+json','rel':'tag'",
          "'mediaType':'application/activity+json'"}) {
        const auto tag =
            "'tag':{'type':'Link','href':'https://b.example/2'," + std::string(other) + "}";
        auto p = post_with(tag);
        BOOST_REQUIRE(p);
        BOOST_TEST(p->quote == "", other);
        BOOST_TEST(p->tags.size() == 1u);  // FEP-e232: a link all the same
    }
}

BOOST_AUTO_TEST_CASE(the_stamp_is_named_by_one_id) {
    const auto with = [](std::string_view value) {
        auto p =
            post_with("'quote':'https://b.example/2','quoteAuthorization':" + std::string(value));
        BOOST_REQUIRE(p);
        return p->quote_authorization;
    };
    BOOST_TEST(with("'https://b.example/s'") == "https://b.example/s");
    BOOST_TEST(with("{'id':'https://b.example/s','attributedTo':'x'}") == "https://b.example/s");
    for (const char* none :
         {"null", "7", "{}", "['https://b.example/s','https://c.example/s']", "'as:Public'"})
        BOOST_TEST(with(none) == "", none);
}

BOOST_AUTO_TEST_CASE(a_stamp_has_four_parts_that_each_name_one_thing) {
    auto stamp = stamp_with("'id':'https://b.example/s'," + parts);
    BOOST_REQUIRE(stamp);
    BOOST_TEST(stamp->id == "https://b.example/s");
    BOOST_TEST(stamp->attributed_to == "https://b.example/bob");
    BOOST_TEST(stamp->interacting_object == "https://a.example/1");
    BOOST_TEST(stamp->interaction_target == "https://b.example/2");

    BOOST_TEST(!stamp_with(parts));
    BOOST_TEST(!stamp_with("'id':'stamp'," + parts));
    for (const char* part : {"attributedTo", "interactingObject", "interactionTarget"})
        for (const char* value :
             {"null", "7", "'Public'", "['https://a.example/1','https://a.example/2']"}) {
            auto spoiled = "'id':'https://b.example/s'," + parts;
            const auto at = spoiled.find("'" + std::string(part) + "':'");
            const auto begin = at + std::string(part).size() + 3;
            spoiled.replace(begin, spoiled.find('\'', begin + 1) + 1 - begin, value);
            BOOST_TEST(!stamp_with(spoiled), part << " " << value);
        }
    BOOST_TEST(!read(read_quote_authorization,
                     "{'type':'LikeApproval','id':'https://b.example/s'," + parts + "}"));
}

BOOST_AUTO_TEST_CASE(a_stamp_that_was_written_is_read_back) {
    const QuoteAuthorization stamp{.id = "https://b.example/s",
                                   .attributed_to = "https://b.example/bob",
                                   .interacting_object = "https://a.example/1",
                                   .interaction_target = "https://b.example/2"};
    auto document = json::Document::parse(write_quote_authorization(stamp));
    BOOST_REQUIRE(document);
    auto again = read_quote_authorization(document->root());
    BOOST_REQUIRE(again);
    BOOST_TEST(again->interacting_object == stamp.interacting_object);
    BOOST_TEST(again->interaction_target == stamp.interaction_target);
    BOOST_TEST(again->attributed_to == stamp.attributed_to);
}

BOOST_AUTO_TEST_CASE(policies_of_both_eras_are_read) {
    auto p = post_with(
        "'interactionPolicy':{'canQuote':{'automaticApproval':'as:Public','always':'https://"
        "x.example/'},"
        "'canLike':{'always':['https://a.example/ann','https://a.example/ann/followers']},"
        "'canReply':{'approvalRequired':['as:Public']},"
        "'canAnnounce':{'automaticApproval':[],'manualApproval':[]}}");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->policy.can_quote);
    BOOST_TEST(p->policy.can_quote->automatic == Ids{std::string(public_collection)},
               per_element());
    BOOST_REQUIRE(p->policy.can_like);
    BOOST_TEST(p->policy.can_like->automatic.size() == 2u);
    BOOST_REQUIRE(p->policy.can_reply);
    BOOST_TEST(p->policy.can_reply->automatic.empty());
    BOOST_TEST(p->policy.can_reply->manual.size() == 1u);
    BOOST_TEST(!p->policy.can_announce);  // empty is absent
    for (const char* other :
         {"null", "7", "'x'", "{}", "{'canQuote':null}", "{'canQuote':'as:Public'}"}) {
        auto q = post_with("'interactionPolicy':" + std::string(other));
        BOOST_REQUIRE(q);
        BOOST_TEST(!q->policy.can_quote, other);
    }
}

BOOST_AUTO_TEST_CASE(a_request_and_its_answer_are_read) {
    auto request = activity_with(
        "'object':'https://b.example/2','instrument':{'id':'https://a.example/1','type':'Note'}",
        "QuoteRequest");
    BOOST_REQUIRE(request);
    BOOST_TEST(request->type_name == "QuoteRequest");
    BOOST_TEST(id_of(request->instrument) == "https://a.example/1");
    auto accept = activity_with(
        "'object':'https://a.example/r','result':{'id':'https://b.example/s'}", "Accept");
    BOOST_REQUIRE(accept);
    BOOST_TEST(accept->result == "https://b.example/s");
}

BOOST_AUTO_TEST_SUITE_END()
