#include "base/html/sanitize.hpp"

#include <gumbo.h>
#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "config/limits/base.hpp"

using kith::html::sanitize;

namespace {

// Reads output as a list of tags and demands that each is spelled as an allowed one and that they
// are balanced. Independent of the parser that made it.
std::string what_is_wrong_with(const std::string& html) {
    static const std::regex open_tag(
        R"re((p|span|a|del|pre|code|em|strong|b|i|u|ul|ol|li|blockquote))re"
        R"re(( href="(https?://|dat:|dweb:|ipfs:|ipns:|ssb:|gopher:|xmpp:|magnet:|gemini:)[^"<>]*")?)re"
        R"re(( (start|value)="[0-9]+")?( class="[A-Za-z0-9_ -]+")?)re"
        R"re(( target="_blank" rel="nofollow noopener noreferrer")?( translate="no")?)re",
        std::regex::icase);
    std::vector<std::string> open;
    for (auto at = html.find_first_of("<>"); at != html.npos;
         at = html.find_first_of("<>", at + 1)) {
        const auto end = html.find_first_of("<>", at + 1);
        if (html[at] == '>' || end == html.npos || html[end] == '<') return "a bare bracket";
        const auto tag = html.substr(at + 1, end - at - 1);
        at = end;
        if (tag == "br /") continue;
        if (tag.starts_with('/')) {
            if (open.empty() || open.back() != tag.substr(1)) return "unbalanced " + tag;
            open.pop_back();
            continue;
        }
        std::smatch match;
        if (!std::regex_match(tag, match, open_tag)) return "not allowed: " + tag;
        if ((match[1] == "a") != match[2].matched) return "href where none belongs: " + tag;
        open.push_back(match[1]);
        if (open.size() > kith::limits::html_depth_max) return "too deep";
    }
    return open.empty() ? "" : "not closed: " + open.back();
}

std::string escaped(std::string_view text) {
    std::string out;
    for (char c : text) {
        const auto at = std::string_view("&<>\"'").find(c);
        constexpr std::string_view references[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
        if (at == std::string_view::npos)
            out += c;
        else
            out += references[at];
    }
    return out;
}

// Writes what an HTML5 parser saw, as plainly as possible.
void append_seen(std::string& out, const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE)
        out += escaped(node.v.text.text);
    if (node.type != GUMBO_NODE_ELEMENT) return;
    const auto& element = node.v.element;
    const std::string name = gumbo_normalized_tagname(element.tag);
    std::string inside;
    // The parser drops a line end after <pre>; that one is always doubled.
    if (name == "pre" && element.children.length > 0) {
        const auto& first = *static_cast<const GumboNode*>(element.children.data[0]);
        if ((first.type == GUMBO_NODE_TEXT || first.type == GUMBO_NODE_WHITESPACE) &&
            first.v.text.text[0] == '\n')
            inside = "\n";
    }
    for (unsigned i = 0; i < element.children.length; ++i)
        append_seen(inside, *static_cast<const GumboNode*>(element.children.data[i]));
    if (name == "html" || name == "head" || name == "body") {
        out += inside;
        return;
    }
    out += '<' + name;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
        out += std::string(" ") + attribute.name + "=\"" + escaped(attribute.value) + '"';
    }
    out += name == "br" ? " />" : '>' + inside + "</" + name + '>';
}

// What an independent HTML5 parser makes of a page with this inside.
std::string seen_by_a_browser(const std::string& html) {
    const auto page = "<!DOCTYPE html><body>" + html;
    auto* output = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
    std::string out;
    append_seen(out, *output->root);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    return out;
}

std::string repeated(std::string_view part, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += part;
    return out;
}

constexpr auto attributes = R"( target="_blank" rel="nofollow noopener noreferrer")";

std::string anchor(const std::string& href, const std::string& text) {
    return "<a href=\"" + href + '"' + attributes + '>' + text + "</a>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(html_sanitize)

BOOST_AUTO_TEST_CASE(what_posts_are_made_of_stays) {
    for (const auto& html : std::initializer_list<std::string>{
             "", "plain", "<p>one</p><p>two<br />three</p>",
             "<ul><li>a</li><li><ol start=\"3\"><li value=\"4\">b</li></ol></li></ul>",
             "<pre><code>x &lt; y\n  z</code></pre>", "<blockquote><p>said</p></blockquote>",
             "<p><em>a</em> <strong>b</strong> <b>c</b> <i>d</i> <u>e</u> <del>f</del></p>",
             "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://a.example/@bo\" "
             "class=\"u-url mention\"" +
                 std::string(attributes) + ">@<span>bo</span></a></span></p>",
             "<p class=\"quote-inline\">RE: " + anchor("https://a.example/1", "x") + "</p>",
             "<p>Gr\xC3\xBC\xC3\x9F"
             "e \xE4\xBD\xA0\xE5\xA5\xBD &amp; it&#39;s</p>"})
        BOOST_TEST(sanitize(html) == html);
}

BOOST_AUTO_TEST_CASE(links_lose_what_they_bring_and_get_what_they_need) {
    BOOST_TEST(sanitize("<a href=' HTTPS://a.example/?a=1&amp;b=\"2\" ' target=_self rel=opener "
                        "onclick=x() style=color:red class='mention evil h-x' id=top>t</a>") ==
               "<a href=\"HTTPS://a.example/?a=1&amp;b=&quot;2&quot;\" class=\"mention h-x\"" +
                   std::string(attributes) + ">t</a>");
    BOOST_TEST(sanitize("<a href='magnet:?xt=1'>m</a>") == anchor("magnet:?xt=1", "m"));
    BOOST_TEST(sanitize("<a name=x>no link</a>") == "no link");
}

BOOST_AUTO_TEST_CASE(links_with_other_schemes_leave_their_text) {
    for (auto href : {"javascript:alert(1)",
                      "JaVaScRiPt:alert(1)",
                      " javascript:alert(1)",
                      "java\tscript:alert(1)",
                      "java\nscript:alert(1)",
                      "java&#10;script:alert(1)",
                      "&#x6A;avascript&colon;alert(1)",
                      "\x01javascript:alert(1)",
                      "javascript&#58;alert(1)",
                      "data:text/html,<script>alert(1)</script>",
                      "vbscript:x",
                      "file:///etc/passwd",
                      "blob:https://x/1",
                      "/relative",
                      "//host/x",
                      "#top",
                      "",
                      "https:",
                      "https:x",
                      "http:///x",
                      "https:\\\\x",
                      "http://",
                      "https://a.example/&#10;x",
                      "about:blank",
                      "view-source:http://x",
                      "feed:http://x"})
        BOOST_TEST(sanitize("<a href=\"" + std::string(href) + "\">t</a>") == "t", href);
    BOOST_TEST(sanitize("<a href=\"https://x/" + std::string(5'000, 'x') + "\">t</a>") == "t");
}

BOOST_AUTO_TEST_CASE(headings_images_and_unknown_elements_become_something_plain) {
    BOOST_TEST(sanitize("<h2>Title</h2><p>x</p>") == "<p><strong>Title</strong></p><p>x</p>");
    BOOST_TEST(sanitize("<s>a</s><strike>b</strike>") == "<del>a</del><del>b</del>");
    BOOST_TEST(sanitize("<img src='https://a.example/c.png' alt='a \"cat\"' onerror=x()>") ==
               anchor("https://a.example/c.png", "a &quot;cat&quot;"));
    BOOST_TEST(sanitize("<img src='javascript:x()' alt=cat>") == "cat");
    BOOST_TEST(sanitize("<img class=emoji src='https://a/e.png' alt=':cat:'>") == ":cat:");
    BOOST_TEST(
        sanitize("<a href='https://a.example/'><img src='https://a.example/c.png' alt=cat></a>") ==
        anchor("https://a.example/", "cat"));
    BOOST_TEST(sanitize("<div>one</div><div>two</div>") == "one two");
    BOOST_TEST(sanitize("<table><tr><td>a</td><td><b>b</b></td></tr></table>") == "a <b>b</b>");
    BOOST_TEST(sanitize("<marquee><blink>x</blink></marquee>") == "x");
    BOOST_TEST(sanitize("x<!-- y --><?php z ?><![CDATA[ w ]]>") == "x");
}

BOOST_AUTO_TEST_CASE(what_is_not_closed_or_misnested_is_put_right) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"<p>a<p>b", "<p>a</p><p>b</p>"},
        {"<p>a<ul><li>b<li>c</ul>d", "<p>a</p><ul><li>b</li><li>c</li></ul>d"},
        {"<b><i>x</b>y</i>z", "<b><i>x</i></b>yz"},
        {"<b><p>x</b>y</p>z", "<b><p>xy</p></b>z"},
        {"<div><p>x</div>y", "<p>x</p>y"},
        {"<ul><li>a<ul><li>b</li></ul></li></ul></ul></p></b>c",
         "<ul><li>a<ul><li>b</li></ul></li></ul>c"},
        {"<li>x</li>", "x"},
        {"<p>1 < 2 </ 3 <4></p", "<p>1 &lt; 2 "},
        {"x</", "x&lt;/"},
    };
    for (const auto& [html, expected] : cases)
        BOOST_TEST(sanitize(html).starts_with(expected), html << " gave " << sanitize(html));
    BOOST_TEST(sanitize("<a href='https://a.example/'>1<a href='https://b.example/'>2") ==
               anchor("https://a.example/", "1") + anchor("https://b.example/", "2"));
}

BOOST_AUTO_TEST_CASE(character_references_become_characters) {
    BOOST_TEST(sanitize("&eacute;&#233;&#xE9;&#xe9&hellip;&apos;") ==
               "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xE2\x80\xA6&#39;");
    BOOST_TEST(sanitize("&lt;b&gt; &amp;amp; &quot;") == "&lt;b&gt; &amp;amp; &quot;");
    BOOST_TEST(sanitize("&#128;&#0;&#xD800;&#1114112;&#99999999999;") ==
               "\xE2\x82\xAC" + repeated("\xEF\xBF\xBD", 4));
    BOOST_TEST(sanitize("&bogus; & &; &# &#x; &toolongtobeaname; &lt") ==
               "&amp;bogus; &amp; &amp;; &amp;# &amp;#x; &amp;toolongtobeaname; &amp;lt");
}

BOOST_AUTO_TEST_CASE(hidden_elements_leave_nothing) {
    for (auto html :
         {"<script>alert(1)</script>", "<SCRIPT SRC=//x></SCRIPT>", "<style>*{}</style>",
          "<iframe srcdoc='<script>1</script>'>x</iframe>", "<noscript>x</noscript>",
          "<template><p>x</p></template>", "<svg><script>1</script><a>x</a></svg>",
          "<svg onload=alert(1)>", "<math><mtext>x</mtext></math>", "<object data=x>y</object>",
          "<textarea>x</textarea>", "<title>x</title>", "<select><option>x</option></select>",
          "<script>unclosed", "<svg/><style/>x"})
        BOOST_TEST(sanitize(html) == "", html);
}

BOOST_AUTO_TEST_CASE(known_attacks_come_out_clean) {
    for (auto html : {
             "<<script>alert(1)//<</script>",
             "<scr<script>ipt>alert(1)</scr</script>ipt>",
             "<p title=\"</p><img src=x onerror=alert(1)>\">x</p>",
             "<img src=x onerror=alert(1)//",
             "<p/onclick=alert(1)>x",
             "<p\x0conclick=alert(1)>x",
             "<a href=\"https://x\"onmouseover=alert(1)>x</a>",
             "<a\nhref=javascript:alert(1)>x</a>",
             "<a href=https://x/`onclick=alert(1)>x</a>",
             "<a href='https://x/\"onclick=alert(1)'>x</a>",
             "<b style='background:url(javascript:alert(1))'>x</b>",
             "<base href=//evil/>",
             "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
             "<link rel=stylesheet href=x>",
             "<form action=javascript:alert(1)><button "
             "formaction=javascript:alert(1)>x</button></form>",
             "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
             "onerror=alert(1)&gt;\">",
             "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
             "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
             "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
             "<xmp><img src=x onerror=alert(1)></xmp>",
             "<plaintext><img src=x onerror=alert(1)>",
             "<listing>&lt;img onerror=alert(1) src=x&gt;</listing>",
             "&lt;script&gt;alert(1)&lt;/script&gt;",
             "<p>&#60;script&#62;</p>",
             "<!--><img src=x onerror=alert(1)>-->",
             "<!-- --!><script>1</script>",
             "<a href=\"https://x\"><a href=\"https://y\">z</a></a>",
             "<p><p><p></div></p>",
             "<table><a href=\"https://x\"><td><a href=\"https://y\">",
             "<button><p><button><p>x",
             "<p><object><p>x</object></p>",
             "<ul><li><button><li>x</ul>",
             "<details open ontoggle=alert(1)>",
             "<p class='h-\"onclick=alert(1)'>x</p>",
             "<span class=\"h-a&quot; onclick=x\">x</span>",
             "<ol start='1\" onclick=\"x'><li value=-1>x</ol>",
             "\xff\xfe<p>\xc0\xaf</p>",
         }) {
        const auto clean = sanitize(html);
        BOOST_TEST(what_is_wrong_with(clean) == "", html);
        BOOST_TEST(sanitize(clean) == clean, html);
        BOOST_TEST(seen_by_a_browser(clean) == clean, html);
    }
    BOOST_TEST(sanitize(std::string("<p>a\0b\x1b\x7f</p>", 12)) == "<p>ab</p>");
}

BOOST_AUTO_TEST_CASE(a_line_end_after_pre_survives_any_number_of_passes) {
    const auto once = sanitize("<pre>\n\n  x</pre>");
    BOOST_TEST(once == "<pre>\n\n  x</pre>");
    BOOST_TEST(sanitize(once) == once);
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_flattened_without_recursion) {
    BOOST_TEST(sanitize(repeated("<div>", 100'000) + "x") == "x");
    BOOST_TEST(sanitize(repeated("<blockquote>", 65) + "x") ==
               repeated("<blockquote>", 64) + "x" + repeated("</blockquote>", 64));
    for (auto tag :
         {"<blockquote>", "<span>", "<b>", "<ul><li>", "<p><b>", "<svg>", "<font color=1>"})
        for (std::size_t times : {100, 2'000, 100'000}) {
            const auto clean = sanitize(repeated(tag, times) + "x");
            BOOST_TEST(what_is_wrong_with(clean) == "", tag);
            BOOST_TEST((sanitize(clean) == clean), tag);
        }
}

BOOST_AUTO_TEST_CASE(long_text_is_cut_between_characters) {
    for (auto character : {"\xE4\xBD\xA0", "&amp;", "x<br>"}) {
        const auto clean = sanitize("<p><b>" + repeated(character, 400'000));
        BOOST_TEST(clean.size() <= kith::limits::html_bytes_max);
        BOOST_TEST(what_is_wrong_with(clean) == "");
        BOOST_TEST((sanitize(clean) == clean), character);
    }
    const auto clean = sanitize(repeated("\xE4\xBD\xA0", 400'000));
    BOOST_TEST(clean.size() > kith::limits::html_bytes_max - 1'024);
    BOOST_TEST(clean.size() % 3 == 0u);
}

// Random sequences of what makes parsers stumble.
BOOST_AUTO_TEST_CASE(any_input_comes_out_clean_stable_and_as_browsers_read_it) {
    const std::vector<std::string> pieces = {"<p>",
                                             "</p>",
                                             "<b>",
                                             "</b>",
                                             "<i>",
                                             "</i>",
                                             "<em class=h-x>",
                                             "</em>",
                                             "<code>",
                                             "</code>",
                                             "<span class='h-card x'>",
                                             "</span>",
                                             "<a href='https://x.example/?a&amp;b'>",
                                             "<a href='javascript:1'>",
                                             "<a href='http://x.example/&#x81;&#xFFFF;'>",
                                             "</a>",
                                             "<ul>",
                                             "</ul>",
                                             "<ol start=2>",
                                             "</ol>",
                                             "<li>",
                                             "</li>",
                                             "<li value=3>",
                                             "<blockquote>",
                                             "</blockquote>",
                                             "<pre>",
                                             "</pre>",
                                             "<pre>\n",
                                             "<br>",
                                             "</br>",
                                             "<h1>",
                                             "</h1>",
                                             "<h3>",
                                             "</h3>",
                                             "<del>",
                                             "<s>",
                                             "</s>",
                                             "<u>",
                                             "</u>",
                                             "<strong>",
                                             "</strong>",
                                             "<div>",
                                             "</div>",
                                             "<table>",
                                             "</table>",
                                             "<tr>",
                                             "<td>",
                                             "</td>",
                                             "<caption>",
                                             "<button>",
                                             "</button>",
                                             "<marquee>",
                                             "</marquee>",
                                             "<select>",
                                             "<option>",
                                             "<svg>",
                                             "</svg>",
                                             "<foreignObject>",
                                             "<math>",
                                             "<mtext>",
                                             "<style>",
                                             "</style>",
                                             "<script>",
                                             "</script>",
                                             "<template>",
                                             "</template>",
                                             "<textarea>",
                                             "<title>",
                                             "<plaintext>",
                                             "<iframe>",
                                             "</iframe>",
                                             "<nobr>",
                                             "<img src='https://x.example/i' alt='&lt;b&gt;'>",
                                             "<img src=x onerror=alert(1)>",
                                             "<form>",
                                             "</form>",
                                             "<dd>",
                                             "<dt>",
                                             "<hr>",
                                             "<font>",
                                             "</font>",
                                             "<big>",
                                             "<!--",
                                             "-->",
                                             "<![CDATA[",
                                             "]]>",
                                             "<",
                                             ">",
                                             "&",
                                             "&lt;",
                                             "&gt;",
                                             "&amp;",
                                             "&#13;",
                                             "&#10;",
                                             "&nbsp;",
                                             "&#0;",
                                             "&#x1b;",
                                             "&#x81;",
                                             "&#x9f;",
                                             "&#xFDD0;",
                                             "&#x1FFFE;",
                                             "&#xD800;",
                                             "\n",
                                             "\r\n",
                                             " ",
                                             "\t",
                                             "x",
                                             "onclick=alert(1)",
                                             "'",
                                             "\"",
                                             "\xff",
                                             "\xC3\xA9",
                                             "<p ",
                                             "<a href=\"",
                                             "\">",
                                             "/>",
                                             "</",
                                             "<body onload=x>",
                                             "</body>",
                                             "<html>",
                                             "<frameset>",
                                             "<ruby>",
                                             "<rt>",
                                             "<center>"};
    const bool holds = rc::check("sanitize", [&] {
        const auto parts =
            *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
        std::string html;
        for (const auto& part : parts) html += part;
        const auto once = sanitize(html);
        RC_ASSERT(what_is_wrong_with(once) == "");
        RC_ASSERT(sanitize(once) == once);
        RC_ASSERT(seen_by_a_browser(once) == once);
    });
    BOOST_TEST(holds);
}

BOOST_AUTO_TEST_SUITE_END()
