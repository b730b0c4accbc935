#include <boost/test/unit_test.hpp>

#include <memory>
#include <vector>

#include "node/http/deadline_wheel.hpp"
#include "node/http/parking.hpp"

using namespace kith::http;

namespace {

constexpr int no_socket = -1;
constexpr kith::TimeMs start = 1'000'000;

struct WheelFixture {
    DeadlineWheel wheel{start};
    std::vector<Connection*> expired;

    void advance(kith::TimeMs by) {
        wheel.advance(start + by, [this](Connection& c) {
            expired.push_back(&c);
            wheel.remove(c);
        });
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(deadline_wheel, WheelFixture)

BOOST_AUTO_TEST_CASE(a_deadline_expires_within_a_slot_of_its_time_and_never_before) {
    Connection a(no_socket), b(no_socket);
    wheel.add(a, start + 1'000);
    wheel.add(b, start + 3'000);
    advance(999);
    BOOST_TEST(expired.empty());
    advance(1'000 + 2 * DeadlineWheel::slot_ms);
    BOOST_REQUIRE_EQUAL(expired.size(), 1u);
    BOOST_TEST(expired[0] == &a);
    advance(3'000 + 2 * DeadlineWheel::slot_ms);
    BOOST_TEST(expired.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_moved_deadline_counts_and_none_never_expires) {
    Connection a(no_socket), b(no_socket);
    wheel.add(a, start + 1'000);
    wheel.add(b, start + 1'000);
    wheel.move(a, start + 5'000);
    wheel.move(b, 0);
    advance(4'000);
    BOOST_TEST(expired.empty());
    advance(6'000);
    BOOST_REQUIRE_EQUAL(expired.size(), 1u);
    BOOST_TEST(expired[0] == &a);
    advance(1'000'000);
    BOOST_TEST(expired.size() == 1u);
    wheel.remove(b);
}

BOOST_AUTO_TEST_CASE(a_deadline_beyond_the_ring_waits_its_time) {
    const auto far = 3 * kith::TimeMs(DeadlineWheel::slot_count) * DeadlineWheel::slot_ms;
    Connection a(no_socket);
    wheel.add(a, start + far);
    for (kith::TimeMs t = 0; t < far; t += 10'000) advance(t);
    BOOST_TEST(expired.empty());
    advance(far + 2 * DeadlineWheel::slot_ms);
    BOOST_TEST(expired.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(parking)

BOOST_AUTO_TEST_CASE(places_are_bounded_together_and_per_key) {
    Limits limits;
    limits.parked_max = 3;
    limits.parked_per_key_max = 2;
    Parking parking(limits);
    Connection c(no_socket);
    const auto first = parking.enter(c, "a");
    BOOST_TEST((first && parking.enter(c, "a")));
    BOOST_TEST(!parking.enter(c, "a"));
    BOOST_TEST(parking.enter(c, "b").has_value());
    BOOST_TEST(!parking.enter(c, "c"));
    BOOST_TEST(parking.leave(*first) == &c);
    BOOST_TEST(parking.leave(*first) == nullptr);
    BOOST_TEST(parking.enter(c, "a").value() != *first);
    BOOST_TEST(parking.size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
