#include <boost/test/unit_test.hpp>

#include "node/community/text_scan.hpp"

#include <string>

using kith::community::counted_length;

BOOST_AUTO_TEST_SUITE(counted_length_of_texts)

BOOST_AUTO_TEST_CASE(characters_are_counted_and_not_bytes) {
    BOOST_TEST(counted_length("") == 0u);
    BOOST_TEST(counted_length("häuser") == 6u);
}

BOOST_AUTO_TEST_CASE(a_link_counts_the_same_however_long_it_is) {
    const std::string longest = "https://example.org/" + std::string(300, 'y');
    BOOST_TEST(counted_length(longest) == 23u);
    BOOST_TEST(counted_length("https://a.example") == 23u);  // also where it is shorter
    BOOST_TEST(counted_length("see " + longest + ", and " + longest + ".") == 4 + 23 + 6 + 23 + 1u);
    const std::string no_link = "https://" + std::string(5000, 'y') + ".example";
    BOOST_TEST(counted_length(no_link) == no_link.size());  // longer than a link may be
}

BOOST_AUTO_TEST_CASE(a_mention_counts_without_its_host) {
    BOOST_TEST(counted_length("@bob") == 4u);
    BOOST_TEST(counted_length("hi @bob@social.example:8443!") == 8u);
    BOOST_TEST(counted_length("bob@mail.example") == 16u);  // an address is none
    BOOST_TEST(counted_length("https://social.example/@bob@other.example") == 23u);
    BOOST_TEST(counted_length("@a@http://x.example") == 2 + 1 + 23 - 5u);  // both at once, and never below nothing
}

BOOST_AUTO_TEST_SUITE_END()
