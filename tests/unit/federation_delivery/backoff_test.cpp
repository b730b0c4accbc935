// What an answer means.
#include "federation/delivery/backoff.hpp"

#include <boost/test/unit_test.hpp>

#include "config/config.hpp"
#include "fixture.hpp"

using namespace kith;
using namespace kith::delivery;
using client::TransportFault;

namespace {

struct Case {
    SeededRandom random{1};
    FederationConfig config;
    model::Delivery row;

    Verdict of(int code, client::Headers headers = {}) {
        return judge(test::status(code, std::move(headers)), row, test::start_ms,
                     config.retry_delays, random);
    }
    Verdict of(TransportFault kind) {
        return judge(client::fault(kind, "why"), row, test::start_ms, config.retry_delays, random);
    }
    // The row is tried again after this answer.
    Verdict again(int code) {
        auto v = of(code);
        row.attempts = v.attempts;
        row.last_error = v.error;
        return v;
    }
};

bool within(TimeMs value, TimeMs middle) {
    return value >= middle * 8 / 10 && value <= middle * 12 / 10;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(delivery_backoff)

BOOST_AUTO_TEST_CASE(each_status_has_its_consequence) {
    Case c;
    for (int code : {200, 201, 202, 204})
        BOOST_TEST((c.of(code).judgement == Judgement::delivered), code);
    for (int code : {301, 308, 400, 402, 405, 406, 409, 413, 415, 422, 451, 501})
        BOOST_TEST((c.of(code).judgement == Judgement::given_up), code);
    for (int code : {401, 403, 404})
        BOOST_TEST((c.of(code).judgement == Judgement::row_waits), code);
    for (int code : {408, 425, 429, 500, 502, 503, 504, 599})
        BOOST_TEST((c.of(code).judgement == Judgement::host_failed), code);
    BOOST_TEST((c.of(410).judgement == Judgement::ask_actor));
}

BOOST_AUTO_TEST_CASE(each_fault_has_its_consequence) {
    Case c;
    for (auto kind : {TransportFault::dns, TransportFault::connect, TransportFault::tls,
                      TransportFault::timeout, TransportFault::network, TransportFault::protocol,
                      TransportFault::address_refused})
        BOOST_TEST((c.of(kind).judgement == Judgement::host_failed), to_string(kind));
    for (auto kind : {TransportFault::overloaded, TransportFault::stopped})
        BOOST_TEST((c.of(kind).judgement == Judgement::not_sent), to_string(kind));
    for (auto kind :
         {TransportFault::url_refused, TransportFault::own_host, TransportFault::redirect_refused})
        BOOST_TEST((c.of(kind).judgement == Judgement::given_up), to_string(kind));
    BOOST_TEST((c.of(TransportFault::signing).judgement == Judgement::row_waits));
}

BOOST_AUTO_TEST_CASE(a_refused_row_waits_four_times_and_is_given_up) {
    Case c;
    for (TimeMs delay : {5 * minute_ms, hour_ms, 6 * hour_ms, 24 * hour_ms}) {
        const auto v = c.again(401);
        BOOST_TEST((v.judgement == Judgement::row_waits));
        BOOST_TEST(within(v.not_before - test::start_ms, delay));
    }
    BOOST_TEST((c.again(403).judgement == Judgement::given_up));
}

BOOST_AUTO_TEST_CASE(a_missing_inbox_is_asked_about_after_an_hour) {
    Case c;
    const auto first = c.again(404);
    BOOST_TEST((first.judgement == Judgement::row_waits));
    BOOST_TEST(first.not_before - test::start_ms == hour_ms);
    BOOST_TEST((c.again(404).judgement == Judgement::ask_actor));
}

BOOST_AUTO_TEST_CASE(retry_after_is_read_as_seconds_and_as_a_date_and_cut_to_a_day) {
    Case c;
    BOOST_TEST(c.of(429, {{"Retry-After", "120"}}).retry_after_ms == 2 * minute_ms);
    BOOST_TEST(
        c.of(503, {{"retry-after", format_http_date(test::start_ms + hour_ms)}}).retry_after_ms ==
        hour_ms);
    BOOST_TEST(c.of(503, {{"Retry-After", "99999999"}}).retry_after_ms == 24 * hour_ms);
    BOOST_TEST(c.of(503, {{"Retry-After", "-5"}}).retry_after_ms == 0);
    BOOST_TEST(c.of(503, {{"Retry-After", "soon"}}).retry_after_ms == 0);
}

BOOST_AUTO_TEST_CASE(delays_grow_and_are_jittered_within_a_fifth) {
    Case c;
    const auto& delays = c.config.retry_delays;
    TimeMs lowest = INT64_MAX, highest = 0;
    for (int i = 0; i < 500; ++i) {
        const auto delay = retry_delay(delays, 5, c.random);
        BOOST_REQUIRE(within(delay, hour_ms));
        lowest = std::min(lowest, delay);
        highest = std::max(highest, delay);
    }
    BOOST_TEST(lowest < hour_ms * 85 / 100);
    BOOST_TEST(highest > hour_ms * 115 / 100);
    BOOST_TEST(retry_delay(delays, 1, c.random) == 0);
    for (int i = 0; i < 50; ++i) BOOST_REQUIRE(retry_delay(delays, 100, c.random) <= 24 * hour_ms);
}

BOOST_AUTO_TEST_SUITE_END()
