// What pages say about themselves, and that no page does harm.
#include "node/links/page.hpp"

#include "base/html/page_head.hpp"
#include "node/links/charset.hpp"

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

using namespace kith;
using links::read_page;

namespace {

const auto at = Url::parse("https://site.example/dir/page").value();

model::Link link_of(std::string_view html) { return read_page(at, "text/html; charset=utf-8", html)->link; }

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(open_graph_comes_before_the_rest) {
    const auto link = link_of("<HTML LANG=pt_BR><title>plain</title><meta PROPERTY='og:title' content='A &amp; B'>"
                              "<meta name=twitter:title content=other><meta name=description content='d'>"
                              "<meta property=og:image content='../pic.png'><meta property=og:image:width content=12x>");
    BOOST_TEST(link.title == "A & B");
    BOOST_TEST(link.description == "d");
    BOOST_TEST(link.language == "pt");
    BOOST_TEST(link.image_url == "https://site.example/pic.png");
    BOOST_TEST(link.width == 0);
}

BOOST_AUTO_TEST_CASE(a_title_is_one_line_and_not_endless) {
    BOOST_TEST(link_of("<title>\n two\n\tlines </title>").title == "two lines");
    BOOST_TEST(link_of("<title>cut off").title == "cut off");
    BOOST_TEST(link_of("<svg><title>icon</title></svg>").title == "icon");
    BOOST_TEST(link_of("").title.empty());
    BOOST_TEST(!read_page(at, "image/png", "<title>x</title>").has_value());
}

BOOST_AUTO_TEST_CASE(only_web_urls_are_taken) {
    const auto link = link_of("<title>t</title><meta property=og:image content='javascript:alert(1)'><meta name=twitter:player "
                              "content='http://plain.example/'><meta name=twitter:player:width content=1><meta "
                              "name=twitter:player:height content=1>");
    BOOST_TEST(link.image_url.empty());
    BOOST_TEST((link.kind == model::LinkKind::link));  // a player by http is none
}

BOOST_AUTO_TEST_CASE(oembed_fills_gaps_and_nothing_else) {
    auto link = link_of("<title>kept</title>");
    links::add_oembed(link, at, R"({"title":"other","author_name":"A","type":"rich","html":"<script>x</script>"})");
    BOOST_TEST(link.title == "kept");
    BOOST_TEST(link.author_name == "A");
    BOOST_TEST(link.html.empty());
    for (const auto* bad : {"", "[]", "{", "null", R"({"type":5,"width":{}})"}) links::add_oembed(link, at, bad);
    BOOST_TEST(link.title == "kept");
}

BOOST_AUTO_TEST_CASE(identities_are_rel_me) {
    const auto found = links::identities_of(at, "text/html", "<a rel='nofollow ME' href='/@a'>x</a><link rel=me href=https://b.example/><a rel=menu href=/c>");
    BOOST_TEST(found == (std::vector<std::string>{"https://site.example/@a", "https://b.example/"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_first_link_of_a_post_is_no_mention) {
    BOOST_TEST(html::first_link("<a class='u-url mention' href='https://a.example/@a'>@a</a> <a rel=tag href='https://a.example/t'>#t</a> "
                                "<a href='ftp://x'>f</a><a href='https://b.example/?a=1&amp;b=2'>b</a>") == "https://b.example/?a=1&b=2");
    BOOST_TEST(html::first_link("<p>no link</p>").empty());
}

BOOST_AUTO_TEST_CASE(charsets_become_utf8) {
    BOOST_TEST(links::to_utf8("\x93\xfa\x96\x7b", "shift_jis") == "日本");
    BOOST_TEST(links::to_utf8("\xe9t\xe9", "iso-8859-1") == "été");
    BOOST_TEST(links::to_utf8("\xc4\xe3\xba", "gb2312").starts_with("你"));
    BOOST_TEST(links::to_utf8("a\xff", "no-such-charset") == "a\xef\xbf\xbd");
}

BOOST_AUTO_TEST_CASE(any_bytes_may_be_a_page) {
    BOOST_TEST(rc::check("a page of any bytes", [](const std::string& bytes, const std::string& charset) {
        const auto page = read_page(at, "text/html; charset=" + charset, bytes);
        if (page) RC_ASSERT(page->link.title.size() <= 1'300u);
        (void)links::to_utf8(bytes, charset);
        (void)html::first_iframe(bytes);
    }));
}

BOOST_AUTO_TEST_SUITE_END()
