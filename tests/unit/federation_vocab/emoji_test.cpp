// Custom emoji (FEP-9098) and reactions with emoji (FEP-c0e0), as they come in.
#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith::vocab;
using namespace kith::vocab::test;

BOOST_AUTO_TEST_SUITE(vocab_emoji)

namespace {

std::string tag(std::string_view name, std::string_view url, std::string_view more = "") {
    return "{'type':'Emoji','name':'" + std::string(name) + "','icon':{'type':'Image','url':'" +
           std::string(url) + "'}" + std::string(more) + "}";
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_emoji_has_a_shortcode_a_picture_and_a_time) {
    auto p = post_with("'content':':blob:','tag':" + tag(":blob:", "https://a.example/b.png",
                                                         ",'updated':'2025-06-01T00:00:00Z'"));
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->tags.size() == 1u);
    BOOST_TEST(p->tags[0].name == "blob");
    BOOST_TEST(p->tags[0].icon_url == "https://a.example/b.png");
    BOOST_TEST(p->tags[0].updated.value() == 1'748'736'000'000);
}

BOOST_AUTO_TEST_CASE(an_emoji_that_could_break_a_page_is_none) {
    for (const auto& bad :
         {tag(":a b:", "https://a.example/b.png"), tag(":a&b:", "https://a.example/b.png"),
          tag(":<i>:", "https://a.example/b.png"), tag("::", "https://a.example/b.png"),
          tag(":blob:", "javascript:alert(1)"), tag(":blob:", "data:image/png,x"),
          tag(":blob:", "https://a.example/<b>"), tag(":blob:", "https://a.example/b c.png"),
          tag(":blob:", "https://a.example/b.png?\\\""), tag(":blob:", "/b.png"),
          tag(":blob:", "")}) {
        auto p = post_with("'content':'x','tag':[" + bad + "]");
        BOOST_REQUIRE(p);
        BOOST_TEST(p->tags.empty(), bad);
    }
}

BOOST_AUTO_TEST_CASE(a_reaction_brings_its_emoji_along) {
    for (std::string_view type : {"EmojiReact", "Like"}) {
        auto a =
            read(read_activity,
                 "{'id':'https://a.example/r','type':'" + std::string(type) +
                     "','actor':'https://a.example/u','object':'https://b.example/1',"
                     "'content':':blob:','tag':[{'type':'Mention','href':'https://b.example/u'}," +
                     tag("blob", "https://a.example/b.png") + "]}");
        BOOST_REQUIRE(a);
        BOOST_TEST(a->type_name == type);
        BOOST_TEST(a->content == ":blob:");
        BOOST_REQUIRE(a->emojis.size() == 1u);
        BOOST_TEST(a->emojis[0].name == "blob");
    }
}

BOOST_AUTO_TEST_CASE(an_actor_is_not_refused_for_too_many_emoji) {
    auto actor = [](const std::string& tags) {
        return read(read_actor,
                    "{'id':'https://a.example/u','type':'Person','name':':blob:',"
                    "'preferredUsername':'u','inbox':'https://a.example/i','tag':[" +
                        tags + "]}");
    };
    auto a = actor(tag(":blob:", "https://a.example/b.png") + ",{'type':'Hashtag','name':'#x'}");
    BOOST_REQUIRE(a);
    BOOST_REQUIRE(a->emojis.size() == 1u);
    std::string many = "7";
    for (int i = 0; i < 200; ++i) many += "," + tag(":blob:", "https://a.example/b.png");
    auto crowded = actor(many);
    BOOST_REQUIRE(crowded);
    BOOST_TEST(crowded->emojis.empty());
}

BOOST_AUTO_TEST_SUITE_END()
