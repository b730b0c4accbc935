#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>
#include <string>

#include "base/text/accept.hpp"
#include "config/limits/base.hpp"

using kith::Accept;
using kith::MediaType;

namespace {

constexpr auto activity = "application/activity+json";
constexpr auto ld_json = R"(application/ld+json; profile="https://www.w3.org/ns/activitystreams")";
constexpr auto html = "text/html";

double quality(std::string_view field, std::string_view offer) {
    return Accept::parse(field).quality(offer);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_accept)

BOOST_AUTO_TEST_CASE(media_types_are_read_in_every_spelling) {
    for (
        const auto* field :
        {R"(application/ld+json; profile="https://www.w3.org/ns/activitystreams")",
         R"(Application/LD+JSON;PROFILE="https://www.w3.org/ns/activitystreams";charset=utf-8)",
         R"(application/ld+json ; charset=utf-8 ; profile=https://www.w3.org/ns/activitystreams ;)",
         R"(application/ld+json;profile="http://a.example https://www.w3.org/ns/activitystreams")",
         R"(application/ld+json;profile="https:\/\/www.w3.org/ns/activitystreams")"}) {
        const auto type = MediaType::parse(field);
        BOOST_TEST_INFO(field);
        BOOST_REQUIRE(type);
        BOOST_TEST(type->essence == "application/ld+json");
        BOOST_TEST(type->has_profile("https://www.w3.org/ns/activitystreams"));
        BOOST_TEST(!type->has_profile("https://www.w3.org/ns/activity"));
    }
    BOOST_TEST(*MediaType::parse("text/html; Charset=UTF-8")->param("charset") == "UTF-8");
    BOOST_TEST(*MediaType::parse(R"(a/b; x="1;2,\"3")")->param("x") == "1;2,\"3");
    BOOST_TEST(!MediaType::parse("text/html")->param("charset").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_media_type_is_unsupported) {
    for (const auto* field : {"", "json", "/", "a/", "/b", "a/b/c", "a b/c", "a/b; x", "a/b; x=\"1",
                              "a/b; =1", "a/b, c/d", "a/b\xC3\xA9", "a/b; x\"=1"}) {
        const auto type = MediaType::parse(field);
        BOOST_TEST_INFO(field);
        BOOST_REQUIRE(!type);
        BOOST_TEST((type.error().code == kith::Code::unsupported));
    }
    std::string many = "a/b";
    for (std::size_t i = 0; i < kith::limits::media_type_params_max; ++i) many += ";x=1";
    BOOST_TEST(MediaType::parse(many).has_value());
    BOOST_TEST(!MediaType::parse(many + ";x=1").has_value());
}

BOOST_AUTO_TEST_CASE(the_most_specific_range_decides) {
    // RFC 9110 12.5.1, its last example.
    const auto* field =
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, "
        "text/plain;format=fixed;q=0.4, */*;q=0.5";
    BOOST_TEST(quality(field, "text/plain;format=flowed") == 1);
    BOOST_TEST(quality(field, "text/plain") == 0.7);
    BOOST_TEST(quality(field, "text/html") == 0.3);
    BOOST_TEST(quality(field, "image/jpeg") == 0.5);
    BOOST_TEST(quality(field, "text/plain;format=fixed") == 0.4);
    BOOST_TEST(quality(field, "text/html;level=3") == 0.3);
}

BOOST_AUTO_TEST_CASE(clients_of_the_fediverse_are_understood) {
    const std::string fetcher = std::string(activity) + ", " + ld_json;
    BOOST_TEST(quality(fetcher, activity) == 1);
    BOOST_TEST(quality(fetcher, ld_json) == 1);
    BOOST_TEST(quality(fetcher, html) == 0);
    BOOST_TEST(quality("application/ld+json", ld_json) == 1);  // without the profile
    BOOST_TEST(quality(R"(application/ld+json; profile="http://other.example")", ld_json) == 0);
    BOOST_TEST(quality("application/activity+json; charset=utf-8", activity) == 1);
    const auto* browser =
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
    BOOST_TEST(quality(browser, html) == 1);
    BOOST_TEST(quality(browser, activity) == 0.8);
    BOOST_TEST(quality("APPLICATION/Activity+JSON;Q=0.5", activity) == 0.5);
}

BOOST_AUTO_TEST_CASE(nothing_asked_accepts_all_and_zero_accepts_none) {
    BOOST_TEST(quality("", html) == 1);
    BOOST_TEST(quality(" , ,", html) == 1);
    BOOST_TEST(quality("text/html;q=0, */*", html) == 0);
    BOOST_TEST(quality("*/*;q=0.000", html) == 0);
    BOOST_TEST(quality("text/html", "not a type") == 0);
    // A weight that is none takes its element out, and that one only.
    BOOST_TEST(quality("text/html;q=2, text/plain", html) == 0);
    BOOST_TEST(quality("text/html;q=nan, text/plain", html) == 0);
    BOOST_TEST(quality("text/html;q=-1, text/plain", "text/plain") == 1);
}

BOOST_AUTO_TEST_CASE(names_tells_a_request_from_a_wildcard) {
    BOOST_TEST(Accept::parse("application/activity+json, */*").names(activity));
    BOOST_TEST(!Accept::parse("*/*").names(activity));
    BOOST_TEST(!Accept::parse("application/*").names(activity));
    BOOST_TEST(!Accept::parse("application/activity+json;q=0").names(activity));
    BOOST_TEST(!Accept::parse("").names(activity));
}

BOOST_AUTO_TEST_CASE(only_so_many_ranges_are_looked_at) {
    std::string field;
    for (std::size_t i = 0; i < kith::limits::accept_ranges_max; ++i) field += "a/b,";
    BOOST_TEST(quality(field + "text/html", html) == 0);
    BOOST_TEST(quality("text/html," + field, html) == 1);
}

BOOST_AUTO_TEST_CASE(property_any_field_gives_a_quality_between_0_and_1) {
    BOOST_TEST(rc::check([] {
        std::string field;
        for (const auto& part : *rc::gen::container<std::vector<std::string>>(
                 rc::gen::element<std::string>("text", "/", "html", "*", ";", "q", "=", "0.5", "\"",
                                               "\\", ",", " ", "1", "profile"))) {
            field += part;
        }
        const double q = quality(field, html);
        RC_ASSERT(q >= 0 && q <= 1);
    }));
}

BOOST_AUTO_TEST_SUITE_END()
