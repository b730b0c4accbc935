#include "config/duration.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;

BOOST_AUTO_TEST_SUITE(config_duration)

BOOST_AUTO_TEST_CASE(durations_are_read) {
    BOOST_TEST(*parse_duration("0s") == 0);
    BOOST_TEST(*parse_duration("250ms") == 250);
    BOOST_TEST(*parse_duration("5m") == 5 * minute_ms);
    BOOST_TEST(*parse_duration("24h") == day_ms);
}

BOOST_AUTO_TEST_CASE(what_is_not_a_duration_is_refused) {
    for (const char* text : {"", "5", "m", "-5m", "+5m", "5 m", "1.5h", "5M",
                             "99999999999999999999s", "9223372036854775807d", "5ms5"})
        BOOST_TEST(!parse_duration(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(durations_are_shown_in_their_largest_whole_unit) {
    BOOST_TEST(format_duration(0) == "0s");
    BOOST_TEST(format_duration(90 * second_ms) == "90s");
    BOOST_TEST(format_duration(12 * hour_ms) == "12h");
    BOOST_TEST(format_duration(day_ms) == "1d");
    BOOST_TEST(format_duration(1'001) == "1001ms");
}

BOOST_AUTO_TEST_SUITE_END()
