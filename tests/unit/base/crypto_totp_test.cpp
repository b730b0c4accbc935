#include "base/crypto/totp.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using namespace kith::crypto;

BOOST_AUTO_TEST_SUITE(crypto_totp)

namespace {

constexpr const char* secret = "12345678901234567890";
constexpr TimeMs noon = 1'700'000'010'000;  // in the middle of a step

std::string code_at(TimeMs at) { return hotp(secret, std::uint64_t(totp_step(at))); }

}  // namespace

BOOST_AUTO_TEST_CASE(hotp_gives_the_values_of_rfc_4226_appendix_d) {
    const char* expected[] = {"755224", "287082", "359152", "969429", "338314",
                              "254676", "287922", "162583", "399871", "520489"};
    for (std::uint64_t counter = 0; counter < 10; ++counter) BOOST_TEST(hotp(secret, counter) == expected[counter]);
}

BOOST_AUTO_TEST_CASE(totp_gives_the_values_of_rfc_6238_appendix_b) {
    const std::pair<std::int64_t, const char*> expected[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [seconds, code] : expected)
        BOOST_TEST(hotp(secret, std::uint64_t(totp_step(seconds * second_ms)), 8) == code);
}

BOOST_AUTO_TEST_CASE(a_code_holds_for_its_step_and_its_neighbours) {
    const auto step = totp_step(noon);
    for (const auto off : {-1, 0, 1})
        BOOST_TEST(totp_step_of(secret, code_at(noon + off * 30'000), noon, 0).value_or(0) == step + off);
    for (const auto off : {-2, 2}) BOOST_TEST(!totp_step_of(secret, code_at(noon + off * 30'000), noon, 0));
    for (const auto* wrong : {"", "000000", "12345", "1234567", "abcdef"}) BOOST_TEST(!totp_step_of(secret, wrong, noon, 0));
    BOOST_TEST(!totp_step_of("another secret of 20", code_at(noon), noon, 0));
}

BOOST_AUTO_TEST_CASE(a_step_is_taken_once_and_none_before_it_after_that) {
    const auto step = totp_step(noon);
    BOOST_TEST(!totp_step_of(secret, code_at(noon), noon, step));
    BOOST_TEST(!totp_step_of(secret, code_at(noon - 30'000), noon, step));
    BOOST_TEST(totp_step_of(secret, code_at(noon + 30'000), noon, step).value_or(0) == step + 1);
}

BOOST_AUTO_TEST_SUITE_END()
