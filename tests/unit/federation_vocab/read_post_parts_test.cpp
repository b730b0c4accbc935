#include "config/limits/vocab.hpp"
#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

namespace {

std::string repeated(std::string_view item, std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list.append(i ? "," : "").append(item);
    return "[" + list + "]";
}

Attachment attachment(std::string_view members) {
    auto p = post_with("'attachment':{" + std::string(members) + "}");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE_MESSAGE(p->attachments.size() == 1, members);
    return p->attachments[0];
}

Poll question(std::string_view members) {
    auto p = post_with(members, "Question");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE_MESSAGE(p->poll, members);
    return *p->poll;
}

const std::string options =
    "'oneOf':[{'type':'Note','name':'A','replies':{'totalItems':3}},"
    "{'name':'B','replies':{'totalItems':'4'}},{'name':'C'}],";

}  // namespace

BOOST_AUTO_TEST_SUITE(vocab_read_post_parts)

BOOST_AUTO_TEST_CASE(tags_of_four_kinds_are_read) {
    auto p = post_with(
        "'tag':[{'type':'Mention','href':'https://b.example/bob','name':'@bob'},"
        "{'type':'Hashtag','href':'https://a.example/t/"
        "x','name':'#X'},{'type':'Hashtag','name':'y'},"
        "{'id':null,'type':'Emoji','name':':blob:','icon':{'url':'https://a.example/b.png',"
        "'mediaType':'image/png'}},"
        "{'type':'Link','href':'https://b.example/2','mediaType':'application/activity+json',"
        "'rel':['a','b']},{'type':'CommunityPostTag','name':'z'},{'type':'Emoji','name':':no:'},7,"
        "'x',null]");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->tags.size() == 5u);
    BOOST_TEST(p->tags[0].href == "https://b.example/bob");
    BOOST_TEST(p->tags[0].name == "@bob");
    BOOST_TEST(p->tags[1].name == "X");
    BOOST_TEST(p->tags[2].name == "y");
    BOOST_TEST((p->tags[3].type == TagType::emoji));
    BOOST_TEST(p->tags[3].name == "blob");
    BOOST_TEST(p->tags[3].icon_url == "https://a.example/b.png");
    BOOST_TEST(p->tags[3].media_type == "image/png");
    BOOST_TEST((p->tags[4].type == TagType::link));
    BOOST_TEST(p->tags[4].rel == "a b");
}

// GoToSocial writes one tag without an array.
BOOST_AUTO_TEST_CASE(a_single_tag_is_an_object) {
    auto p = post_with("'tag':{'type':'Mention','href':'https://b.example/bob'}");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->tags.size() == 1u);
}

BOOST_AUTO_TEST_CASE(more_tags_than_the_limit_are_refused) {
    const auto tag = "{'type':'Hashtag','name':'#x'}";
    BOOST_TEST(bool(post_with("'tag':" + repeated(tag, limits::vocab_tags_max))));
    BOOST_TEST(!post_with("'tag':" + repeated(tag, limits::vocab_tags_max + 1)));
}

BOOST_AUTO_TEST_CASE(more_recipients_of_a_post_than_the_limit_are_refused) {
    BOOST_TEST(
        !post_with("'cc':" + repeated("'https://b.example/x'", limits::vocab_recipients_max + 1)));
}

BOOST_AUTO_TEST_CASE(more_attachments_than_the_limit_are_left_out) {
    auto p =
        post_with("'attachment':" + repeated("{'type':'Image','url':'https://a.example/1.png'}",
                                             limits::vocab_attachments_max + 5));
    BOOST_REQUIRE(p);
    BOOST_TEST(p->attachments.size() == limits::vocab_attachments_max);
}

BOOST_AUTO_TEST_CASE(an_attachment_is_read_whole) {
    const auto a = attachment(
        "'type':'Document','mediaType':'video/mp4','url':'https://a.example/1.mp4','name':'alt',"
        "'blurhash':'UBL','width':640,'height':'480','focalPoint':[-0.5,2],'duration':'PT1M30.5S'");
    BOOST_TEST(a.type == "Document");
    BOOST_TEST(a.media_type == "video/mp4");
    BOOST_TEST(a.url == "https://a.example/1.mp4");
    BOOST_TEST(a.description == "alt");
    BOOST_TEST(a.blurhash == "UBL");
    BOOST_TEST((a.width == 640));
    BOOST_TEST((a.height == 480));
    BOOST_TEST((a.focus_x == -0.5));
    BOOST_TEST((a.focus_y == 1.0));
    BOOST_TEST((a.duration_s == 90.5));
}

BOOST_AUTO_TEST_CASE(an_attachments_url_is_text_a_link_or_several) {
    for (auto url : {"'https://a.example/1.png'",
                     "{'type':'Link','href':'https://a.example/1.png','mediaType':'image/png'}",
                     "[{'type':'Link','href':'https://a.example/p','mediaType':'text/html'},"
                     "{'type':'Link','href':'https://a.example/1.png','mediaType':'image/png'}]",
                     "['https://a.example/1.png','https://a.example/2.png']"})
        BOOST_TEST(attachment("'type':'Image','url':" + std::string(url)).url ==
                   "https://a.example/1.png");
    BOOST_TEST(attachment("'type':'Link','href':'https://a.example/p'").url ==
               "https://a.example/p");
    BOOST_TEST(
        (attachment("'type':'Video','url':{'href':'https://a.example/v','width':8}").width == 8));
}

BOOST_AUTO_TEST_CASE(alt_text_is_the_summary_or_the_name) {
    BOOST_TEST(attachment("'type':'Image','url':'https://a.example/1','name':'n'").description ==
               "n");
    BOOST_TEST(attachment("'type':'Image','url':'https://a.example/1','summary':'s'").description ==
               "s");
    BOOST_TEST(
        attachment("'type':'Image','url':'https://a.example/1','summary':'s','name':'file.png'")
            .description == "s");
}

BOOST_AUTO_TEST_CASE(attachments_that_are_no_media_are_passed_over) {
    auto p = post_with(
        "'attachment':[{'type':'PropertyValue','name':'x'},'https://a.example/1.png',7,"
        "{'type':'Image','url':'javascript:alert(1)'},{'type':'Image'}]");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->attachments.empty());
}

BOOST_AUTO_TEST_CASE(durations_that_make_no_sense_are_left_out) {
    const auto duration = [](std::string_view text) {
        return attachment("'type':'Audio','url':'https://a.example/1','duration':" +
                          std::string(text))
            .duration_s;
    };
    BOOST_TEST((duration("'P1DT1H'") == 90'000));
    BOOST_TEST((duration("12.25") == 12.25));
    BOOST_TEST((duration("'12'") == 12));
    for (auto text : {"'P1M'", "'PT-5S'", "'PTS'", "'PT5'", "'x'", "''", "-1", "1e300",
                      "'PT1e400S'", "{}", "'PTT5S'", "'PTinfS'"})
        BOOST_TEST(!duration(text), text);
}

// FEP-9967.
BOOST_AUTO_TEST_CASE(a_question_has_options_and_an_end) {
    const auto poll = question(options + "'endTime':'2026-01-05T12:00:00Z','votersCount':'5'");
    BOOST_TEST(!poll.multiple);
    BOOST_REQUIRE(poll.options.size() == 3u);
    BOOST_TEST(poll.options[0].title == "A");
    BOOST_TEST(poll.options[0].votes == 3);
    BOOST_TEST(poll.options[1].votes == 4);
    BOOST_TEST(poll.options[2].votes == 0);
    BOOST_TEST((poll.end_time == 1'767'614'400'000));
    BOOST_TEST(!poll.closed);
    BOOST_TEST((poll.voters_count == 5));
}

BOOST_AUTO_TEST_CASE(any_of_allows_several) {
    const auto poll = question("'anyOf':{'name':'A','replies':{'totalItems':2.0}}");
    BOOST_TEST(poll.multiple);
    BOOST_TEST(poll.options.at(0).votes == 2);
}

BOOST_AUTO_TEST_CASE(closed_is_a_date_or_true) {
    constexpr TimeMs noon = 1'767'614'400'000;
    BOOST_TEST((question(options + "'closed':'2026-01-05T12:00:00Z'").closed == noon));
    BOOST_TEST((question(options + "'closed':'2026-01-05T12:00:00Z'").end_time == noon));
    BOOST_TEST(!question(options + "'closed':false").closed);
    BOOST_TEST((question(options + "'closed':true,'endTime':'2026-01-05T12:00:00Z',"
                                   "'updated':'2026-01-05T13:00:00Z'")
                    .closed == noon));
    BOOST_TEST((question(options + "'closed':true,'endTime':'2030-01-05T12:00:00Z',"
                                   "'published':'2026-01-05T12:00:00Z'")
                    .closed == noon));
    BOOST_TEST((question(options + "'closed':true").closed == 0));
}

BOOST_AUTO_TEST_CASE(a_question_without_options_has_no_poll) {
    for (auto members : {"'oneOf':[]", "'oneOf':7", "'oneOf':[7,'x',{}]", "'name':'x'"})
        BOOST_TEST(!post_with(members, "Question")->poll);
    auto poll = question("'oneOf':" + repeated("{'name':'A'}", limits::vocab_poll_options_max + 3));
    BOOST_TEST(poll.options.size() == limits::vocab_poll_options_max);
}

BOOST_AUTO_TEST_SUITE_END()
