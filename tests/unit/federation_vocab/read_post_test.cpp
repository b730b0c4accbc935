#include "config/limits/vocab.hpp"
#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

namespace {

Read<Post> by(std::string_view attributed_to) {
    return read(read_post, "{'type':'Note','id':'https://a.example/1','attributedTo':" +
                               std::string(attributed_to) + "}");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vocab_read_post)

BOOST_AUTO_TEST_CASE(a_note_is_read_whole) {
    auto p = post_with(
        "'to':['as:Public'],'cc':'https://a.example/ann/followers','audience':'https://b.example/"
        "g',"
        "'inReplyTo':{'id':'https://b.example/0'},'context':'https://b.example/0/context',"
        "'conversation':'tag:b.example,2026:1','url':'https://a.example/@ann/1',"
        "'content':'<p>hi</p>','contentMap':{'de':'<p>hallo</p>','en':'<p>hi</p>'},'summary':'cw',"
        "'source':{'content':'hi','mediaType':'text/markdown'},'sensitive':true,"
        "'published':'2026-01-05T12:00:00Z','updated':'2026-01-05T13:00:00.5+01:00',"
        "'replies':{'id':'https://a.example/1/replies','type':'Collection'},"
        "'likes':'https://a.example/1/likes','shares':'https://a.example/1/shares'");
    BOOST_REQUIRE(p);
    BOOST_TEST((p->type == PostType::note));
    BOOST_TEST(p->id == "https://a.example/1");
    BOOST_TEST(p->attributed_to == "https://a.example/ann");
    BOOST_TEST(p->to == Ids{std::string(public_collection)}, boost::test_tools::per_element());
    BOOST_TEST(p->cc == Ids{"https://a.example/ann/followers"}, boost::test_tools::per_element());
    BOOST_TEST(p->audience == "https://b.example/g");
    BOOST_TEST(p->in_reply_to == "https://b.example/0");
    BOOST_TEST(p->context == "https://b.example/0/context");
    BOOST_TEST(p->conversation == "tag:b.example,2026:1");
    BOOST_TEST(p->url == "https://a.example/@ann/1");
    BOOST_TEST(p->content == "<p>hi</p>");
    BOOST_TEST(p->language == "en");
    BOOST_TEST(p->summary == "cw");
    BOOST_TEST(p->content_source == "hi");
    BOOST_TEST(p->content_source_type == "text/markdown");
    BOOST_TEST(p->sensitive);
    BOOST_TEST((p->published == 1'767'614'400'000));
    BOOST_TEST((p->updated == 1'767'614'400'500));
    BOOST_TEST(p->replies == "https://a.example/1/replies");
    BOOST_TEST(p->likes == "https://a.example/1/likes");
    BOOST_TEST(p->shares == "https://a.example/1/shares");
}

BOOST_AUTO_TEST_CASE(the_answer_of_a_thread_is_named_by_its_id) {
    for (const auto* answer : {"'https://a.example/2'", "{'id':'https://a.example/2'}"})
        BOOST_TEST(post_with("'https://schema.org/acceptedAnswer':" + std::string(answer))->accepted_answer == "https://a.example/2");
    for (const auto* nothing : {"7", "{}", "null"})
        BOOST_TEST(post_with("'https://schema.org/acceptedAnswer':" + std::string(nothing))->accepted_answer == "");
}

BOOST_AUTO_TEST_CASE(every_kind_of_post_is_one) {
    for (auto [name, type] : {std::pair{"Note", PostType::note},
                              {"Article", PostType::article},
                              {"Page", PostType::page},
                              {"Question", PostType::question},
                              {"Event", PostType::event},
                              {"Video", PostType::video},
                              {"Image", PostType::image},
                              {"Audio", PostType::audio},
                              {"ChatMessage", PostType::chat_message}}) {
        auto p = post_with("'name':'x'", name);
        BOOST_REQUIRE(p);
        BOOST_TEST((p->type == type));
    }
    BOOST_TEST(!post_with("'name':'x'", "Person"));
    BOOST_TEST(!post_with("'name':'x'", "Tombstone"));
}

BOOST_AUTO_TEST_CASE(one_author_in_every_shape) {
    for (auto author :
         {"'https://a.example/ann'", "{'id':'https://a.example/ann'}", "['https://a.example/ann']",
          "[{'type':'Person','id':'https://a.example/ann'}]",
          "[{'type':'Person','id':'https://a.example/ann'},"
          "{'type':'Group','id':'https://a.example/channel'}]",
          "[{'type':'Group','id':'https://a.example/channel'},"
          "'https://a.example/ann']"}) {
        auto p = by(author);
        BOOST_REQUIRE_MESSAGE(p, author);
        BOOST_TEST(p->attributed_to == "https://a.example/ann");
    }
    BOOST_TEST(by("{'type':'Group','id':'https://a.example/g'}")->attributed_to ==
               "https://a.example/g");
}

// NodeBB took a number for a local user, and then an array of them.
BOOST_AUTO_TEST_CASE(an_author_who_is_not_one_url_is_refused) {
    for (auto author : {"1", "[1]", "'1'", "'ann'", "null", "[]", "{}", "true", "{'id':1}",
                        "'as:Public'", "['https://a.example/ann','https://a.example/eve']",
                        "['https://a.example/ann',1]", "[['https://a.example/ann']]",
                        "[{'type':'Person','id':'https://a.example/ann'},"
                        "{'type':'Person','id':'https://a.example/eve'}]",
                        "[{'type':'Group','id':'https://a.example/g'},"
                        "{'type':'Group','id':'https://a.example/h'}]"}) {
        auto p = by(author);
        BOOST_TEST(!p, author);
        if (!p) BOOST_TEST((p.result.error().code == Code::invalid));
    }
    BOOST_TEST(!read(read_post, "{'type':'Note','id':'https://a.example/1'}"));
}

BOOST_AUTO_TEST_CASE(a_transient_post_may_lack_an_id_but_not_have_a_false_one) {
    auto vote = read(read_post,
                     "{'type':'Note','attributedTo':'https://a.example/ann','name':'Yes',"
                     "'inReplyTo':'https://b.example/q','to':'https://b.example/bob'}");
    BOOST_REQUIRE(vote);
    BOOST_TEST(vote->id == "");
    BOOST_TEST(vote->name == "Yes");
    BOOST_TEST(vote->content == "");
    BOOST_TEST(!read(read_post, "{'type':'Note','attributedTo':'https://a.example/ann','id':5}"));
}

BOOST_AUTO_TEST_CASE(the_language_is_the_one_of_the_content) {
    BOOST_TEST(post_with("'contentMap':{'fr':'<p>oui</p>'}")->content == "<p>oui</p>");
    BOOST_TEST(post_with("'contentMap':{'fr':'<p>oui</p>'}")->language == "fr");
    BOOST_TEST(post_with("'content':'a','contentMap':{'fr':'b','pt-BR':'a'}")->language == "pt-BR");
    BOOST_TEST(post_with("'content':'a','contentMap':{'fr':'b','de':'c'}")->language == "");
    BOOST_TEST(post_with("'content':'a','contentMap':{'und':'a'}")->language == "");
    BOOST_TEST(post_with("'content':'a','contentMap':{'<b>':'a'}")->language == "");
    BOOST_TEST(post_with("'content':'a','contentMap':'a'")->content == "a");
    BOOST_TEST(post_with("'content':'a','language':{'identifier':'de','name':'Deutsch'}", "Page")
                   ->language == "de");
}

BOOST_AUTO_TEST_CASE(a_summary_is_a_warning_but_on_pages_and_articles_a_preview) {
    BOOST_TEST(post_with("'summary':'cw'")->summary == "cw");
    BOOST_TEST(post_with("'summary':''")->summary == "");
    BOOST_TEST(!post_with("'summary':'cw'")->sensitive);
    BOOST_TEST(post_with("'summary':'cw'", "Question")->summary == "cw");
    BOOST_TEST(post_with("'summary':'preview'", "Page")->summary == "");
    BOOST_TEST(post_with("'summary':'preview'", "Article")->summary == "");
}

BOOST_AUTO_TEST_CASE(content_that_is_not_html_becomes_html) {
    auto plain = post_with("'content':'a < b','mediaType':'text/plain'");
    BOOST_REQUIRE(plain);
    BOOST_TEST(plain->content == "<p>a &lt; b</p>");
    BOOST_TEST(plain->content_source == "a < b");
    auto markdown = post_with("'content':'**a**','mediaType':'text/markdown'", "Video");
    BOOST_REQUIRE(markdown);
    BOOST_TEST(markdown->content.find("<strong>a</strong>") != std::string::npos);
    BOOST_TEST(post_with("'content':'<i>a</i>','mediaType':'text/html'")->content == "<i>a</i>");
}

BOOST_AUTO_TEST_CASE(a_link_posts_link_is_no_attachment) {
    auto p = post_with(
        "'name':'Title','attachment':[{'type':'Link','href':'https://news.example/1'}]", "Page");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->name == "Title");
    BOOST_TEST(p->link_url == "https://news.example/1");
    BOOST_TEST(p->attachments.empty());
    auto note = post_with("'attachment':{'type':'Link','href':'https://news.example/1'}");
    BOOST_REQUIRE(note);
    BOOST_TEST(note->link_url == "");
    BOOST_TEST(note->attachments.at(0).type == "Link");
}

BOOST_AUTO_TEST_CASE(dates_in_any_spelling_are_read_and_others_left_out) {
    for (auto date : {"2026-01-05T12:00:00Z", "2026-01-05T12:00:00.000000001Z",
                      "2026-01-05T13:00:00+01:00", "2026-01-05T12:00:00.000000+00:00"})
        BOOST_TEST(
            (post_with("'published':'" + std::string(date) + "'")->published == 1'767'614'400'000));
    for (auto date : {"'yesterday'", "1767614400", "null", "{}", "''", "'2026-13-05T12:00:00Z'"})
        BOOST_TEST(!post_with("'published':" + std::string(date))->published);
    BOOST_TEST((post_with("'published':'1970-01-01T00:00:00Z'")->published == 0));
}

BOOST_AUTO_TEST_CASE(long_texts_are_cut_at_a_character) {
    std::string name;
    while (name.size() < limits::vocab_name_bytes_max + 10) name += "ü";
    auto p = post_with("'name':'a" + name + "'");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->name.size() == limits::vocab_name_bytes_max - 1);
}

BOOST_AUTO_TEST_SUITE_END()
