#include "federation/discovery/nodeinfo.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_web.hpp"

using namespace kith;

namespace {

constexpr const char* json = "application/json; charset=utf-8";
const std::string well_known = "https://a.example/.well-known/nodeinfo";

std::string version_link(const std::string& version, const std::string& href) {
    return R"({"rel":"http://nodeinfo.diaspora.software/ns/schema/)" + version + R"(","href":")" +
           href + R"("})";
}

struct Fixture {
    FakeWeb web;
    Config config;

    void links(const std::string& list) {
        web.serve(well_known, R"({"links":[)" + list + "]}", json);
    }
    Result<std::string> ask() { return discovery::ask_software(web, config, "a.example"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(discovery_nodeinfo)

BOOST_FIXTURE_TEST_CASE(the_newest_version_of_2_is_read, Fixture) {
    links(version_link("1.0", "https://a.example/1") + "," +
          version_link("2.0", "https://a.example/20") + "," +
          version_link("2.1", "https://a.example/21"));
    web.serve("https://a.example/21", R"({"software":{"name":"mastodon","version":"4.5.0"}})",
              json);
    const auto software = ask();
    BOOST_REQUIRE(software);
    BOOST_TEST(*software == "mastodon 4.5.0");
}

BOOST_FIXTURE_TEST_CASE(a_link_to_another_origin_is_not_followed, Fixture) {
    for (const auto* elsewhere : {"https://victim.example/x", "http://a.example/x",
                                  "https://a.example:8443/x", "data:application/json,{}"}) {
        links(version_link("2.0", elsewhere));
        BOOST_TEST(!ask(), elsewhere);
        BOOST_TEST(web.asked.back() == well_known);
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_no_nodeinfo_says_nothing, Fixture) {
    BOOST_TEST(!ask());
    links("");
    BOOST_TEST(!ask());
    links(version_link("2.0", "https://a.example/20"));
    for (const auto* body :
         {"[]", "{}", R"({"software":"mastodon"})", R"({"software":{"name":7}})"}) {
        web.serve("https://a.example/20", body, json);
        BOOST_TEST(!ask(), body);
    }
    web.serve("https://a.example/20", R"({"software":{"name":"mastodon"}})", "text/html");
    BOOST_TEST(!ask());
}

BOOST_FIXTURE_TEST_CASE(words_are_cut_and_have_no_control_characters, Fixture) {
    links(version_link("2.0", "https://a.example/20"));
    web.serve("https://a.example/20",
              R"({"software":{"name":"ma\u001b[31mstodon\n","version":")" + std::string(500, '9') +
                  R"("}})",
              json);
    const auto software = ask();
    BOOST_REQUIRE(software);
    BOOST_TEST(*software == "ma[31mstodon " + std::string(64, '9'));
}

BOOST_AUTO_TEST_SUITE_END()
