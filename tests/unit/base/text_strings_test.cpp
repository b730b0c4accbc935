#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/text/strings.hpp"

namespace text = kith::text;
using Parts = std::vector<std::string_view>;

BOOST_AUTO_TEST_SUITE(text_strings)

BOOST_AUTO_TEST_CASE(ascii_case_leaves_other_bytes_alone) {
    BOOST_TEST(text::to_lower_ascii("AbZ[É") == "abz[É");
    BOOST_TEST(text::iequals("Content-TYPE", "content-type"));
    BOOST_TEST(!text::iequals("a", "ab"));
    BOOST_TEST(!text::iequals("É", "é"));
    BOOST_TEST(!text::iequals("@", "`"));
    BOOST_TEST(text::starts_with_i("Bearer x", "bearer "));
    BOOST_TEST(!text::starts_with_i("Bear", "bearer "));
}

BOOST_AUTO_TEST_CASE(trim_takes_both_ends) {
    BOOST_TEST(text::trim(" \t\r\n a b \v\f") == "a b");
    BOOST_TEST(text::trim(" \n ") == "");
    BOOST_TEST(text::trim("") == "");
}

BOOST_AUTO_TEST_CASE(split_and_join_are_inverse) {
    BOOST_TEST(text::split("a,,b,", ',') == (Parts{"a", "", "b", ""}),
               boost::test_tools::per_element());
    BOOST_TEST(text::split("", ',') == Parts{""}, boost::test_tools::per_element());
    BOOST_TEST(text::join(Parts{"a", "", "b"}, ", ") == "a, , b");
    BOOST_TEST(text::join(Parts{}, ", ") == "");
    BOOST_TEST(rc::check(
        [](const std::string& any) { RC_ASSERT(text::join(text::split(any, 'a'), "a") == any); }));
}

BOOST_AUTO_TEST_CASE(percent_encoding_goes_there_and_back) {
    BOOST_TEST(text::percent_encode("a b/é~._-+%") == "a%20b%2F%C3%A9~._-%2B%25");
    BOOST_TEST(*text::percent_decode("a%20b%2f%C3%a9+") == "a b/é+");
    for (const auto* bad : {"%", "a%2", "%zz", "%%20", "%2 0"}) {
        BOOST_TEST(!text::percent_decode(bad).has_value());
    }
    BOOST_TEST(rc::check([](const std::string& any) {
        RC_ASSERT(text::percent_decode(text::percent_encode(any)) == any);
    }));
}

BOOST_AUTO_TEST_SUITE_END()
