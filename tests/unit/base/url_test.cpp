#include "base/text/url.hpp"

#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>
#include <string>

#include "config/limits/base.hpp"

using kith::Code;
using kith::Url;
using namespace std::string_view_literals;

namespace {

std::string normal(std::string_view text) {
    const auto url = Url::parse(text);
    return url ? url->str() : "refused: " + url.error().detail;
}

bool refused(std::string_view text) {
    const auto url = Url::parse(text);
    BOOST_TEST_INFO(text << (url ? " -> " + url->str() : ""));
    return !url && url.error().code == Code::invalid && !url.error().detail.empty();
}

std::string host(std::string_view text) { return kith::normalize_host(text).value_or("refused"); }

std::string resolved(std::string_view base, std::string_view reference) {
    const auto from = Url::parse(base);
    BOOST_REQUIRE(from);
    const auto to = from->resolve(reference);
    return to ? to->str() : "refused";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(url)

BOOST_AUTO_TEST_CASE(parts_are_told_apart) {
    const auto url = Url::parse("HTTPS://Example.ORG:8443/a/B?q=1&r=%2F#main-key");
    BOOST_REQUIRE(url);
    BOOST_TEST(url->str() == "https://example.org:8443/a/B?q=1&r=%2F#main-key");
    BOOST_TEST(url->scheme() == "https");
    BOOST_TEST(url->host() == "example.org");
    BOOST_TEST(url->port() == 8443);
    BOOST_TEST(url->host_port() == "example.org:8443");
    BOOST_TEST(url->origin() == "https://example.org:8443");
    BOOST_TEST(url->path() == "/a/B");
    BOOST_TEST(url->query() == "q=1&r=%2F");
    BOOST_TEST(url->fragment() == "main-key");
    BOOST_TEST(url->path_and_query() == "/a/B?q=1&r=%2F");
    BOOST_TEST(url->without_fragment() == "https://example.org:8443/a/B?q=1&r=%2F");
}

BOOST_AUTO_TEST_CASE(parts_may_be_missing) {
    const auto bare = Url::parse("http://example.org");
    BOOST_REQUIRE(bare);
    BOOST_TEST(bare->str() == "http://example.org");
    BOOST_TEST(bare->port() == 80);
    BOOST_TEST(bare->path() == "");
    BOOST_TEST(bare->path_and_query() == "/");
    BOOST_TEST(bare->without_fragment() == bare->str());
    const auto query = Url::parse("https://example.org?q#f?g");
    BOOST_REQUIRE(query);
    BOOST_TEST(query->query() == "q");
    BOOST_TEST(query->fragment() == "f?g");
    BOOST_TEST(query->path_and_query() == "/?q");
    const Url nothing;
    BOOST_TEST(nothing.empty());
    BOOST_TEST(nothing.str() + nothing.origin() + nothing.host_port() == "");
    BOOST_TEST(nothing.scheme() == "");
}

BOOST_AUTO_TEST_CASE(path_query_and_fragment_keep_their_bytes) {
    for (const auto* text :
         {"https://example.org/A/../b/./%7Euser//x", "https://example.org/?a=B&&c=%2f%2F+",
          "https://example.org/@bücher/ΑΒ?ü#é", "https://example.org/a:b@c;d=e,f!$'()*|{}",
          "https://example.org/post?", "https://example.org/#"}) {
        BOOST_TEST(normal(text) == text);
    }
}

BOOST_AUTO_TEST_CASE(one_host_has_one_spelling) {
    for (const auto* text :
         {"https://example.org/x", "https://EXAMPLE.org/x", "https://example.org./x",
          "https://example.org:443/x", "https://example.org:/x", "https://EXAMPLE.ORG.:0443/x",
          "https://ｅｘａｍｐｌｅ．ｏｒｇ/x", "https://example。org/x", "https://example｡org/x",
          "https://ex\u00ADample.org/x", "https://ⓔxample.org/x"}) {
        BOOST_TEST(normal(text) == "https://example.org/x");
    }
    BOOST_TEST(normal("http://example.org:80/") == "http://example.org/");
    BOOST_TEST(normal("http://example.org:443/") == "http://example.org:443/");
    BOOST_TEST(normal("https://example.org:80/") == "https://example.org:80/");
}

BOOST_AUTO_TEST_CASE(other_scripts_become_punycode) {
    for (const auto* text :
         {"https://bücher.example/", "https://BÜCHER.example/", "https://bu\u0308cher.example/",
          "https://xn--bcher-kva.example/", "https://XN--Bcher-KVA.example/"}) {
        BOOST_TEST(normal(text) == "https://xn--bcher-kva.example/");
    }
    BOOST_TEST(normal("https://faß.example/") == "https://xn--fa-hia.example/");
    BOOST_TEST(normal("https://例え.テスト/") == "https://xn--r8jz45g.xn--zckzah/");
    // A Cyrillic а is another name than a Latin one.
    BOOST_TEST(normal("https://раypal.example/") != "https://paypal.example/");
    // Names that exist although IDNA2008 would not register them.
    BOOST_TEST(normal("https://xn--n3h.example/") == "https://xn--n3h.example/");
    BOOST_TEST(normal("https://r1---sn-a.b_c.example/") == "https://r1---sn-a.b_c.example/");
}

BOOST_AUTO_TEST_CASE(a_host_that_is_none_is_refused) {
    for (const auto* text : {"https://",
                             "https:///path",
                             "https://?q",
                             "https://#f",
                             "https://.",
                             "https://..",
                             "https://.example.org",
                             "https://a..b",
                             "https://example.org..",
                             "https://:443/",
                             "https://victim.org@evil.example/",
                             "https://user:pw@example.org/",
                             "https://@example.org/",
                             "https://victim.org%40evil/",
                             "https://exa%6Dple.org/",
                             "https://victim.org＠evil/",
                             "https://a／b.example/",
                             "https://℀.example/",
                             "https://a？b/",
                             "https://a＃b/",
                             "https://ex*mple.org/",
                             "https://exa,mple.org/",
                             "https://a\"b/",
                             "https://<a>/",
                             "https://☃.example/",
                             "https://aא.example/",
                             "https://\xFF.example/",
                             "https://\u200D/",
                             "https://\u00AD/",
                             "https://xn--a／b/"}) {
        BOOST_TEST(refused(text));
    }
    BOOST_TEST(refused("https://" + std::string(64, 'a') + ".example/"));
    BOOST_TEST(!refused("https://" + std::string(63, 'a') + ".example/"));
    std::string many;
    for (int i = 0; i < 64; ++i) many += "aaa.";
    BOOST_TEST(refused("https://" + many + "example/"));
}

BOOST_AUTO_TEST_CASE(white_space_controls_and_backslashes_are_refused_anywhere) {
    for (const auto bad : {"\n"sv, "\r"sv, "\t"sv, " "sv, "\0"sv, "\x01"sv, "\x1F"sv, "\x7F"sv,
                           "\\"sv, "\u00A0"sv, "\u0085"sv, "\u2003"sv, "\u2028"sv, "\u3000"sv}) {
        for (const auto& [before, after] : {std::pair{"https://exa", "mple.org/"},
                                            {"https://example.org/a", "b"},
                                            {"https://example.org/?a", "b"},
                                            {"https://example.org/#a", "b"},
                                            {"", "https://example.org/"},
                                            {"https://example.org/", ""},
                                            {"https:/", "/example.org"}}) {
            BOOST_TEST(refused(std::string(before) + std::string(bad) + after));
        }
    }
    BOOST_TEST(refused("https://example.org/\xC3"));
    BOOST_TEST(refused("https:\\\\example.org\\"));
    BOOST_TEST(refused("https://evil.example\\@victim.example/"));
}

BOOST_AUTO_TEST_CASE(only_http_and_https_are_spoken) {
    for (const auto* text : {"", "example.org", "//example.org/", "/path", "ftp://example.org/",
                             "javascript://example.org/", "javascript:alert(1)", "data:text/html,x",
                             "file:///etc/passwd", "https:example.org", "https:/example.org",
                             "https//example.org", "httpss://example.org/", "://example.org/",
                             "acct:a@example.org", "at://did:plc:x/y", "1", "https"}) {
        BOOST_TEST(refused(text));
    }
    BOOST_TEST(normal("hTTp://a/") == "http://a/");
}

BOOST_AUTO_TEST_CASE(ports_are_numbers_from_1_to_65535) {
    for (const auto* port : {"0", "65536", "99999999999999999999", "-1", "+1", "8o", "80 ", "0x50",
                             "８０", "80:80", "a"}) {
        BOOST_TEST(refused("https://example.org:" + std::string(port) + "/"));
    }
    BOOST_TEST(normal("https://example.org:65535") == "https://example.org:65535");
    BOOST_TEST(normal("https://example.org:1/") == "https://example.org:1/");
}

BOOST_AUTO_TEST_CASE(ipv4_is_four_decimal_numbers_and_nothing_else) {
    BOOST_TEST(normal("http://127.0.0.1/") == "http://127.0.0.1/");
    BOOST_TEST(normal("http://127.0.0.1.:8080/") == "http://127.0.0.1:8080/");
    BOOST_TEST(normal("http://１２７.０.０.１/") == "http://127.0.0.1/");
    BOOST_TEST(normal("http://1.2.3.4.example/") == "http://1.2.3.4.example/");
    for (const auto* text : {"0x7f.1",       "0x7f.0.0.1",   "2130706433",  "127.1",
                             "127.0.1",      "0177.0.0.1",   "0",           "0x7f000001",
                             "0X7F000001",   "017700000001", "127.0.0.0x1", "127.0.0.01",
                             "256.0.0.1",    "1.2.3.4.5",    "0x",          "example.1",
                             "example.0x1f", "127.0.0.1.1",  "１２７.１",   "②１３０７０６４３３",
                             "1.2.3.４444"}) {
        BOOST_TEST(refused("http://" + std::string(text) + "/"));
    }
}

BOOST_AUTO_TEST_CASE(ipv6_has_one_spelling) {
    BOOST_TEST(normal("http://[::1]/") == "http://[::1]/");
    BOOST_TEST(normal("http://[0:0:0:0:0:0:0:1]:8080/") == "http://[::1]:8080/");
    BOOST_TEST(normal("http://[2001:DB8::00A]/") == "http://[2001:db8::a]/");
    BOOST_TEST(normal("http://[::ffff:127.0.0.1]/") == "http://[::ffff:127.0.0.1]/");
    BOOST_TEST(normal("http://[::FFFF:7f00:1]/") == "http://[::ffff:127.0.0.1]/");
    BOOST_TEST(Url::parse("http://[::1]:8080/x")->host() == "[::1]");
    BOOST_TEST(Url::parse("http://[::1]:8080/x")->host_port() == "[::1]:8080");
    for (const auto* text :
         {"[", "[]", "[::1", "::1", "[::1]x", "[::1]x:80", "[fe80::1%25eth0]", "[fe80::1%eth0]",
          "[1:2]", "[127.0.0.1]", "[v1.a]", "x[::1]", "[[::1]]", "[::1]]", "[::1].example"}) {
        BOOST_TEST(refused("http://" + std::string(text) + "/"));
    }
}

BOOST_AUTO_TEST_CASE(length_is_bounded) {
    const std::string base = "https://example.org/";
    BOOST_TEST(!refused(base + std::string(kith::limits::url_bytes_max - base.size(), 'a')));
    BOOST_TEST(refused(base + std::string(kith::limits::url_bytes_max - base.size() + 1, 'a')));
}

BOOST_AUTO_TEST_CASE(origins_are_scheme_host_and_port) {
    const auto same = [](std::string_view a, std::string_view b) {
        return kith::same_origin(*Url::parse(a), *Url::parse(b));
    };
    BOOST_TEST(same("https://example.org/a", "https://EXAMPLE.org.:443/b#c"));
    BOOST_TEST(!same("https://example.org/", "http://example.org/"));
    BOOST_TEST(!same("https://example.org/", "https://example.org:8443/"));
    BOOST_TEST(!same("https://example.org/", "https://www.example.org/"));
    BOOST_TEST(!same("https://example.org/", "https://example.org.evil.example/"));
    BOOST_TEST(!kith::same_origin(Url(), Url()));
}

BOOST_AUTO_TEST_CASE(over_the_wire_goes_printable_ascii) {
    const auto url = Url::parse("https://bücher.example/é?ü=%C3%BC#ß");
    BOOST_REQUIRE(url);
    const Url wire = url->ascii();
    BOOST_TEST(wire.str() == "https://xn--bcher-kva.example/%C3%A9?%C3%BC=%C3%BC#%C3%9F");
    BOOST_TEST(wire.path_and_query() == "/%C3%A9?%C3%BC=%C3%BC");
    BOOST_TEST(wire.fragment() == "%C3%9F");
    BOOST_TEST((wire.ascii() == wire));
}

BOOST_AUTO_TEST_CASE(references_resolve_as_in_rfc_3986_section_5_4) {
    // Its examples with http in the place of "a".
    const auto base = "http://a/b/c/d;p?q";
    const std::pair<const char*, const char*> examples[] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
    };
    for (const auto& [reference, expected] : examples) {
        BOOST_TEST_INFO(reference);
        BOOST_TEST(resolved(base, reference) == expected);
    }
}

BOOST_AUTO_TEST_CASE(redirects_lead_only_where_a_url_may) {
    BOOST_TEST(resolved("https://a.example/x", "HTTP://B.example:80/../y") == "http://b.example/y");
    BOOST_TEST(resolved("https://a.example", "b") == "https://a.example/b");
    BOOST_TEST(resolved("https://a.example?q", "?r") == "https://a.example?r");
    BOOST_TEST(resolved("https://a.example/x#f", "#g") == "https://a.example/x#g");
    for (const auto* reference :
         {"javascript:alert(1)", "file:///etc/passwd", "//", "//u@evil/", "\\\\evil", "/\\evil",
          "/a b", "/a\r\nX: y", "ftp://a/", "https:evil", "//127.1/"}) {
        BOOST_TEST_INFO(reference);
        BOOST_TEST(resolved("https://a.example/x", reference) == "refused");
    }
}

BOOST_AUTO_TEST_CASE(hosts_that_admins_type_are_normalised) {
    for (const auto* text : {"example.org", "EXAMPLE.org.", " example.org\n", "example.org:443",
                             "ｅｘａｍｐｌｅ．ｏｒｇ", "Example。Org"}) {
        BOOST_TEST(host(text) == "example.org");
    }
    BOOST_TEST(host("BÜCHER.example:8443") == "xn--bcher-kva.example:8443");
    BOOST_TEST(host("[::0001]:99") == "[::1]:99");
    BOOST_TEST(host("localhost") == "localhost");
    for (const auto* text : {"", " ", "https://example.org", "example.org/", "a@b", "exa\nmple.org",
                             "*.a", "example.org:0", "0x7f.1", "a b", "example..org"}) {
        BOOST_TEST_INFO(text);
        BOOST_TEST(host(text) == "refused");
    }
    BOOST_TEST(host("a\0b"sv) == "refused");
}

BOOST_AUTO_TEST_CASE(property_what_is_taken_is_its_own_normal_form) {
    BOOST_TEST(rc::check([] {
        std::string text = "http";
        for (const auto& part :
             *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                 "s", "://", "a", "B", ".", "1", "0x", ":", "80", "443", "/", "?", "#", "@", "[",
                 "]", "::", "é", "．", "１", "%41", "..", "-", "xn--", "\u00AD", "字"))) {
            text += part;
        }
        const auto url = Url::parse(text);
        if (!url) return;
        const auto again = Url::parse(url->str());
        RC_ASSERT(again.has_value());
        RC_ASSERT(again->str() == url->str());
        RC_ASSERT(again->host_port() == url->host_port());
        RC_ASSERT(url->origin() + std::string(url->path()) ==
                  url->str().substr(0, url->origin().size() + url->path().size()));
        RC_ASSERT(kith::normalize_host(url->host()) == url->host());
        RC_ASSERT(url->resolve("")->without_fragment() == url->without_fragment());
        RC_ASSERT(Url::parse(url->ascii().str())->str() == url->ascii().str());
    }));
}

BOOST_AUTO_TEST_SUITE_END()
