#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "base/html/escape.hpp"
#include "base/html/link.hpp"
#include "base/html/markdown.hpp"
#include "base/html/plain.hpp"
#include "base/html/sanitize.hpp"
#include "base/html/to_text.hpp"

using namespace kith::html;

namespace {

std::vector<std::string> urls_in(std::string_view text) {
    std::vector<std::string> out;
    for (auto [offset, length] : find_urls(text)) out.emplace_back(text.substr(offset, length));
    return out;
}

std::string only_url_in(std::string_view text) {
    const auto urls = urls_in(text);
    return urls.size() == 1 ? urls[0] : std::to_string(urls.size()) + " URLs";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(html_text)

BOOST_AUTO_TEST_CASE(five_characters_are_escaped) {
    BOOST_TEST(escape("<a b=\"c\" d='e'>&amp;") ==
               "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
}

BOOST_AUTO_TEST_CASE(html_reads_as_the_text_a_person_sees) {
    BOOST_TEST(to_text("<p>one  two\n three</p><p>four<br>five</p>") ==
               "one two three\n\nfour\nfive");
    BOOST_TEST(to_text("<ul><li>a</li><li>b</li></ul>after") == "a\nb\nafter");
    BOOST_TEST(to_text("<h1>T</h1>x") == "T\n\nx");
    BOOST_TEST(to_text("<pre>a\n  b\n\nc</pre>") == "a\n  b\n\nc");
    BOOST_TEST(to_text("a<script>b</script>c<style>d</style>") == "ac");
    BOOST_TEST(to_text("1 &lt; 2 &amp; <img alt=cat> <b>b</b>old") == "1 < 2 & cat bold");
    BOOST_TEST(to_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>") ==
               "a b\nc");
    BOOST_TEST(to_text(" <p> </p> ") == "");
    BOOST_TEST(to_text("") == "");
}

BOOST_AUTO_TEST_CASE(plain_text_becomes_paragraphs_and_breaks) {
    BOOST_TEST(plain_to_html("Hello, world!") == "<p>Hello, world!</p>");
    BOOST_TEST(plain_to_html("  a\nb\r\nc\n\n\nd  \n") == "<p>a<br />b<br />c</p><p>d</p>");
    BOOST_TEST(plain_to_html("1 < 2 & it's \"so\"") ==
               "<p>1 &lt; 2 &amp; it&#39;s &quot;so&quot;</p>");
    BOOST_TEST(plain_to_html("") == "");
    BOOST_TEST(plain_to_html(" \n ") == "");
    BOOST_TEST(plain_to_html("<script>alert(1)</script>") ==
               "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
}

BOOST_AUTO_TEST_CASE(urls_in_plain_text_become_links) {
    BOOST_TEST(plain_to_html("see https://www.a.example/p?x=1&y=2.") ==
               "<p>see <a href=\"https://www.a.example/p?x=1&amp;y=2\" target=\"_blank\" "
               "rel=\"nofollow noopener noreferrer\" translate=\"no\">"
               "<span class=\"invisible\">https://www.</span><span>a.example/p?x=1&amp;y=2</span>"
               "<span class=\"invisible\"></span></a>.</p>");
    const std::string tail(10, 'y');
    BOOST_TEST(plain_to_html("http://a.example/" + std::string(20, 'x') + tail)
                   .find("<span class=\"ellipsis\">a.example/" + std::string(20, 'x') +
                         "</span><span class=\"invisible\">" + tail + "</span>") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_url_ends_where_a_reader_would_end_it) {
    BOOST_TEST(only_url_in("(https://a.example/b)") == "https://a.example/b");
    BOOST_TEST(only_url_in("https://a.example/b_(c)!") == "https://a.example/b_(c)");
    BOOST_TEST(only_url_in("\"https://a.example/b\"") == "https://a.example/b");
    BOOST_TEST(only_url_in("<https://a.example/b>") == "https://a.example/b");
    BOOST_TEST(only_url_in("HTTPS://A.example/b\nc") == "HTTPS://A.example/b");
    BOOST_TEST(only_url_in("http://localhost:8080/@a") == "http://localhost:8080/@a");
    // "look: <url>, full-width comma, hello"
    BOOST_TEST(only_url_in("\xE7\x9C\x8Bhttps://a.example/b\xEF\xBC\x8C\xE4\xBD\xA0\xE5\xA5\xBD") ==
               "https://a.example/b");
    BOOST_TEST(only_url_in("https://a.example/\xE4\xBD\xA0\xE3\x80\x80x") ==
               "https://a.example/\xE4\xBD\xA0");
    BOOST_TEST(urls_in("https://a.example https://b.example,https://c.example").size() == 2u);
    for (auto none : {"https://", "https:// x", "http://.", "http:///x", "xhttps://a.example",
                      "ftp://a.example", "://", "a://b", "javascript://https", "https:/a.example"})
        BOOST_TEST(urls_in(none).empty(), none);
}

BOOST_AUTO_TEST_CASE(mentions_and_hashtags_are_put_in_by_the_caller) {
    const std::string text = "hi @bo and #tea\n@bo";
    const std::vector<Link> links = {
        {3, 3, "<i>bo</i>"}, {11, 4, "<i>tea</i>"}, {16, 3, "<b>bo</b>"}};
    BOOST_TEST(plain_to_html(text, links) == "<p>hi <i>bo</i> and <i>tea</i><br /><b>bo</b></p>");
    // a URL that holds what looks like a mention stays a URL where the caller says nothing
    BOOST_TEST(plain_to_html("https://a.example/@bo").find("/@bo\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(ranges_that_do_not_fit_are_left_out) {
    const std::vector<Link> links = {
        {0, 2, "A"}, {1, 2, "B"}, {2, 99, "C"}, {99, 1, "D"}, {std::size_t(-1), 2, "E"}};
    BOOST_TEST(plain_to_html("abc", links) == "<p>Ac</p>");
    BOOST_TEST(plain_to_html("  abc", std::vector<Link>{{0, 3, "A"}}) == "<p>abc</p>");
}

BOOST_AUTO_TEST_CASE(what_plain_text_makes_passes_the_sanitizer_unchanged) {
    for (auto text : {"Hello", "a\nb\n\nc", "see https://www.a.example/p?x=1&y=2 'now'",
                      "https://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        const auto html = plain_to_html(text);
        BOOST_TEST(sanitize(html) == html);
    }
}

BOOST_AUTO_TEST_CASE(markdown_becomes_sanitized_html) {
    BOOST_TEST(render_markdown("# T\n\nsome **bold** ~~old~~ `x<y`") ==
               "<p><strong>T</strong></p>\n<p>some <strong>bold</strong> <del>old</del> "
               "<code>x&lt;y</code></p>\n");
    BOOST_TEST(render_markdown("- a\n- b\n") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    BOOST_TEST(render_markdown("see https://a.example/b now") ==
               "<p>see <a href=\"https://a.example/b\" target=\"_blank\" rel=\"nofollow noopener "
               "noreferrer\">https://a.example/b</a> now</p>\n");
    BOOST_TEST(
        render_markdown("`https://a.example/` [https://a.example/](https://b.example/)") ==
        "<p><code>https://a.example/</code> <a href=\"https://b.example/\" "
        "target=\"_blank\" rel=\"nofollow noopener noreferrer\">https://a.example/</a></p>\n");
    BOOST_TEST(render_markdown("[x](javascript:alert(1))") == "<p>x</p>\n");
    BOOST_TEST(render_markdown("<script>alert(1)</script>") ==
               "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    BOOST_TEST(render_markdown("![a cat](https://a.example/c.png)").find(">a cat</a>") !=
               std::string::npos);
    BOOST_TEST(render_markdown("") == "");
}

BOOST_AUTO_TEST_CASE(hostile_markdown_ends) {
    for (auto part :
         {">", "- ", "[", "![", "*", "_", "`", "<", "~", "\\", "[a](", "> - ", "http://a.b/("}) {
        std::string text;
        for (int i = 0; i < 20'000; ++i) text += part;
        const auto html = render_markdown(text + "x");
        BOOST_TEST(html == sanitize(html));   // it ends, and what it gives is clean
    }
}

BOOST_AUTO_TEST_SUITE_END()
