#include "base/text/csv.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using Rows = std::vector<std::vector<std::string>>;

BOOST_AUTO_TEST_SUITE(csv_text)

BOOST_AUTO_TEST_CASE(fields_lines_and_quotes_are_read) {
    BOOST_TEST((csv::parse("a,b\r\nc,\n") == Rows{{"a", "b"}, {"c", ""}}));
    BOOST_TEST((csv::parse("\"a,b\",\"c\"\"d\"\"\",\"e\nf\"\n") == Rows{{"a,b", "c\"d\"", "e\nf"}}));
    BOOST_TEST((csv::parse("\n\r\n") == Rows{}));
    BOOST_TEST((csv::parse("") == Rows{}));
}

BOOST_AUTO_TEST_CASE(what_is_odd_is_read_somehow) {
    BOOST_TEST((csv::parse("\"never ends,\nx") == Rows{{"never ends,\nx"}}));
    BOOST_TEST((csv::parse("\"a\"b,c") == Rows{{"a", "c"}}));
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
    const std::vector<std::string> fields{"a", "b,c", "d\"e", "f\ng", ""};
    BOOST_TEST((csv::parse(csv::line(fields)) == Rows{fields}));
    BOOST_TEST(csv::line({"a", "b"}) == "a,b\n");
}

BOOST_AUTO_TEST_SUITE_END()
