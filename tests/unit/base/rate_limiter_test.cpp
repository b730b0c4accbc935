#include "base/core/rate_limiter.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace kith {

BOOST_AUTO_TEST_SUITE(rate_limiter)

BOOST_AUTO_TEST_CASE(a_key_has_its_burst_and_then_its_rate) {
    ManualClock clock(1'000'000);
    RateLimiter limiter(clock, {3, 2}, 16);
    for (int i = 0; i < 3; ++i) BOOST_TEST(limiter.take("a") == 0);
    BOOST_TEST(limiter.take("a") == 500);
    BOOST_TEST(!limiter.has_room("a"));
    BOOST_TEST(limiter.take("b") == 0);
    clock.advance(499);
    BOOST_TEST(limiter.take("a") > 0);
    clock.advance(1);
    BOOST_TEST(limiter.has_room("a"));
    BOOST_TEST(limiter.take("a") == 0);
    BOOST_TEST(limiter.take("a") > 0);
}

BOOST_AUTO_TEST_CASE(a_long_rest_gives_no_more_than_the_burst_and_a_clock_that_steps_back_nothing) {
    ManualClock clock(1'000'000);
    RateLimiter limiter(clock, {2, 1}, 16);
    clock.advance(hour_ms);
    BOOST_TEST(limiter.take("a") == 0);
    BOOST_TEST(limiter.take("a") == 0);
    clock.set(500'000);
    BOOST_TEST(limiter.take("a") > 0);
    clock.advance(1'000);
    BOOST_TEST(limiter.take("a") == 0);
}

BOOST_AUTO_TEST_CASE(the_map_forgets_what_was_used_longest_ago) {
    LruMap<int> map(2);
    map.put("a", 1);
    map.put("b", 2);
    BOOST_TEST(*map.find("a") == 1);
    map.put("c", 3);
    BOOST_TEST(map.find("b") == nullptr);
    BOOST_TEST(*map.find("a") == 1);
    map.put("a", 4);
    BOOST_TEST(*map.find("a") == 4);
    BOOST_TEST(map.size() == 2u);
    map.erase_if([](const std::string& key, int) { return key == "a"; });
    BOOST_TEST(map.find("a") == nullptr);
    map.erase("c");
    BOOST_TEST(map.size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kith
