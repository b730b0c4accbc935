#include "config/limits/vocab.hpp"
#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

namespace {

std::string many(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i)
        list += (i ? "," : "") + ("'https://b.example/u/" + std::to_string(i) + "'");
    return "[" + list + "]";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vocab_read_activity)

BOOST_AUTO_TEST_CASE(an_activity_is_read_whole) {
    auto a = activity_with(
        "'object':'https://b.example/n/1','target':{'id':'https://b.example/c'},"
        "'to':'as:Public','cc':['https://a.example/ann/followers'],'audience':['https://b.example/"
        "g'],"
        "'published':'2026-01-05T12:00:00.123456789Z','summary':'why','content':':blob:',"
        "'endTime':'2026-01-06T14:00:00+02:00'",
        "Like");
    BOOST_REQUIRE(a);
    BOOST_TEST((a->type == ActivityType::like));
    BOOST_TEST(a->id == "https://a.example/c/1");
    BOOST_TEST(a->actor == "https://a.example/ann");
    BOOST_TEST(a->object_id == "https://b.example/n/1");
    BOOST_TEST(a->object_type == "");
    BOOST_TEST(a->target == "https://b.example/c");
    BOOST_TEST(a->to == Ids{std::string(public_collection)}, boost::test_tools::per_element());
    BOOST_TEST(a->cc == Ids{"https://a.example/ann/followers"}, boost::test_tools::per_element());
    BOOST_TEST(a->audience == "https://b.example/g");
    BOOST_TEST(a->summary == "why");
    BOOST_TEST(a->content == ":blob:");
    BOOST_TEST((a->published == 1'767'614'400'123));
    BOOST_TEST((a->end_time == 1'767'700'800'000));
}

BOOST_AUTO_TEST_CASE(every_type_that_is_known_is_told_apart) {
    for (auto [name, type] : {std::pair{"Create", ActivityType::create},
                              {"Update", ActivityType::update},
                              {"Delete", ActivityType::delete_},
                              {"Follow", ActivityType::follow},
                              {"Accept", ActivityType::accept},
                              {"Reject", ActivityType::reject},
                              {"Undo", ActivityType::undo},
                              {"Like", ActivityType::like},
                              {"Dislike", ActivityType::dislike},
                              {"Announce", ActivityType::announce},
                              {"Block", ActivityType::block},
                              {"Flag", ActivityType::flag},
                              {"Add", ActivityType::add},
                              {"Remove", ActivityType::remove},
                              {"Move", ActivityType::move}}) {
        auto a = activity_with("'object':'https://b.example/1'", name);
        BOOST_REQUIRE(a);
        BOOST_TEST((a->type == type), name);
        BOOST_TEST(a->type_name == name);
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_type_is_read_and_named) {
    auto a = read(read_activity,
                  "{'id':'https://a.example/1','actor':'https://a.example/ann',"
                  "'type':['litepub:Thing','EmojiReact'],'object':'https://b.example/1'}");
    BOOST_REQUIRE(a);
    BOOST_TEST((a->type == ActivityType::other));
    BOOST_TEST(a->type_name == "EmojiReact");
}

BOOST_AUTO_TEST_CASE(without_one_type_actor_and_id_there_is_no_activity) {
    for (auto text : {
             "null",
             "[]",
             "'x'",
             "1",
             "{}",
             "{'id':'https://a.example/1','type':'Like'}",
             "{'id':'https://a.example/1','actor':'https://a.example/ann'}",
             "{'type':'Like','actor':'https://a.example/ann'}",
             "{'id':null,'type':'Like','actor':'https://a.example/ann'}",
             "{'id':7,'type':'Like','actor':'https://a.example/ann'}",
             "{'id':'7','type':'Like','actor':'https://a.example/ann'}",
             "{'id':['https://a.example/1'],'type':'Like','actor':'https://a.example/ann'}",
             "{'id':'as:Public','type':'Like','actor':'https://a.example/ann'}",
             "{'id':'https://a.example/1','type':'Like','actor':'ann'}",
             "{'id':'https://a.example/1','type':'Like','actor':1}",
             "{'id':'https://a.example/1','type':'Like','actor':'Public'}",
             "{'id':'https://a.example/1','type':[],'actor':'https://a.example/ann'}",
             "{'id':'https://a.example/1','type':'Like',"
             "'actor':['https://a.example/ann','https://a.example/eve']}",
         }) {
        auto a = read(read_activity, text);
        BOOST_TEST(!a, text);
        if (!a) BOOST_TEST((a.result.error().code == Code::invalid));
    }
}

BOOST_AUTO_TEST_CASE(an_embedded_activity_may_lack_an_id_but_not_have_a_false_one) {
    auto a = read(read_embedded_activity,
                  "{'type':'Follow','actor':{'type':'Person','id':'https://a.example/ann'},"
                  "'object':'https://b.example/bob'}");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->id == "");
    BOOST_TEST(a->actor == "https://a.example/ann");
    BOOST_TEST(
        !read(read_embedded_activity, "{'id':1,'type':'Follow','actor':'https://a.example/ann'}"));
}

// Fedify's Accept: the whole Follow with the whole Person inside, and prefixed members.
BOOST_AUTO_TEST_CASE(an_accept_embeds_the_follow_and_that_the_actor) {
    auto a = activity_with(
        "'object':{'type':'Follow','id':'https://b.example/f/1','actor':{'type':'Person',"
        "'id':'https://b.example/bob','sec:assertionMethod':{'type':'sec:Multikey',"
        "'sec:controller':{'id':'https://b.example/bob'}}},'object':'https://a.example/ann'}",
        "Accept");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->object_id == "https://b.example/f/1");
    BOOST_TEST(a->object_type == "Follow");
    auto follow = read_embedded_activity(a->object);
    BOOST_REQUIRE(follow);
    BOOST_TEST(follow->actor == "https://b.example/bob");
    BOOST_TEST(follow->object_id == "https://a.example/ann");
}

BOOST_AUTO_TEST_CASE(an_undo_embeds_an_activity_without_an_id_or_names_it) {
    auto embedded = activity_with(
        "'object':{'type':'Like','id':null,'actor':'https://a.example/ann',"
        "'object':'https://b.example/1'}",
        "Undo");
    BOOST_REQUIRE(embedded);
    BOOST_TEST(embedded->object_id == "");
    BOOST_TEST(embedded->object_type == "Like");
    auto named = activity_with("'object':'https://a.example/likes/1'", "Undo");
    BOOST_REQUIRE(named);
    BOOST_TEST(named->object_id == "https://a.example/likes/1");
    BOOST_TEST(named->object.is_string());
}

BOOST_AUTO_TEST_CASE(an_embedded_object_whose_id_is_no_url_is_refused) {
    for (auto id : {"1", "'1'", "['https://a.example/1']", "{}", "true", "'as:Public'", "''"})
        BOOST_TEST(!activity_with("'object':{'type':'Note','id':" + std::string(id) + "}"), id);
}

BOOST_AUTO_TEST_CASE(a_delete_names_a_post_a_tombstone_or_the_actor) {
    for (auto object :
         {"'https://a.example/n/1'", "{'id':'https://a.example/n/1','type':'Tombstone'}",
          "['https://a.example/n/1']"}) {
        auto a = activity_with("'object':" + std::string(object), "Delete");
        BOOST_REQUIRE(a);
        BOOST_TEST(a->object_id == "https://a.example/n/1");
    }
}

BOOST_AUTO_TEST_CASE(a_flag_names_an_actor_and_posts) {
    auto a = activity_with(
        "'object':['https://b.example/bob',{'id':'https://b.example/n/1'},7,null]", "Flag");
    BOOST_REQUIRE(a);
    BOOST_REQUIRE(a->objects.size() == 2u);
    BOOST_TEST(a->object_id == "https://b.example/bob");
    BOOST_TEST(id_of(a->objects[1]) == "https://b.example/n/1");
}

BOOST_AUTO_TEST_CASE(several_votes_come_in_one_create) {
    auto a = activity_with(
        "'object':[{'type':'Note','name':'A','attributedTo':'https://a.example/ann'},"
        "{'type':'Note','name':'B','attributedTo':'https://a.example/ann'}]");
    BOOST_REQUIRE(a);
    BOOST_REQUIRE(a->objects.size() == 2u);
    BOOST_TEST(read_post(a->objects[1])->name == "B");
}

BOOST_AUTO_TEST_CASE(misskeys_reaction_is_the_content_of_a_like) {
    auto a = activity_with("'object':'https://b.example/1','_misskey_reaction':':blob:'", "Like");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->content == ":blob:");
}

BOOST_AUTO_TEST_CASE(blind_recipients_are_recipients) {
    auto a = activity_with(
        "'to':['https://b.example/1'],'bto':['https://b.example/1',"
        "'https://b.example/2'],'bcc':'https://b.example/3'");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->to == (Ids{"https://b.example/1", "https://b.example/2"}),
               boost::test_tools::per_element());
    BOOST_TEST(a->cc == Ids{"https://b.example/3"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(more_recipients_or_objects_than_the_limit_are_refused) {
    const auto most = limits::vocab_recipients_max;
    BOOST_TEST(bool(activity_with("'to':" + many(most))));
    BOOST_TEST(!activity_with("'to':" + many(most + 1)));
    BOOST_TEST(!activity_with("'to':" + many(most - 1) + ",'bcc':" + many(2)));
    BOOST_TEST(bool(activity_with("'object':" + many(limits::vocab_objects_max))));
    BOOST_TEST(!activity_with("'object':" + many(limits::vocab_objects_max + 1)));
}

BOOST_AUTO_TEST_SUITE_END()
