#include "base/text/words.hpp"

#include <boost/test/unit_test.hpp>

using kith::text::contains_words;

BOOST_AUTO_TEST_SUITE(text_words)

BOOST_AUTO_TEST_CASE(words_stand_for_themselves) {
    BOOST_TEST(contains_words("ham, eggs", "ham"));
    BOOST_TEST(contains_words("eggs and ham", "ham"));
    BOOST_TEST(contains_words("(ham)", "ham"));
    BOOST_TEST(contains_words("“ham”", "ham"));
    BOOST_TEST(!contains_words("hamster", "ham"));
    BOOST_TEST(!contains_words("a_ham", "ham"));
    BOOST_TEST(!contains_words("gotham", "ham"));
    BOOST_TEST(!contains_words("hamé", "ham"));
    BOOST_TEST(!contains_words("", "ham"));
    BOOST_TEST(!contains_words("ham", ""));
}

BOOST_AUTO_TEST_CASE(a_later_place_counts_where_the_first_does_not) {
    BOOST_TEST(contains_words("hamster, ham", "ham"));
    BOOST_TEST(contains_words("aaa a", "a"));
}

BOOST_AUTO_TEST_CASE(what_is_no_word_at_its_edge_needs_no_edge) {
    BOOST_TEST(contains_words("c++11", "c++"));
    BOOST_TEST(contains_words("see#tag", "#tag"));
    BOOST_TEST(!contains_words("see#tags", "#tag"));
    BOOST_TEST(contains_words("two words here", "two words"));
}

BOOST_AUTO_TEST_SUITE_END()
