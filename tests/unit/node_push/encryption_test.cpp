#include "node/push/encryption.hpp"

#include "base/crypto/encoding.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using crypto::base64url_encode;
using crypto::P256Key;

namespace {

std::string bytes(std::string_view text) { return crypto::base64url_decode(text).value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(push_encryption)

// RFC 8291, appendix A.
BOOST_AUTO_TEST_CASE(the_example_of_the_rfc) {
    const auto once = P256Key::from_scalar(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
    BOOST_REQUIRE(once.has_value());
    BOOST_TEST(base64url_encode(once->public_point().value()) ==
               "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    const auto theirs = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
    const auto auth = bytes("BTBZMqHH6r4Tts7J_aSIgg");
    const auto sealed = push::seal("When I grow up, I want to be a watermelon", {theirs, auth}, *once,
                                   bytes("DGv6ra1nlYgDCS1FRnbzlw"));
    BOOST_REQUIRE(sealed.has_value());
    BOOST_TEST(base64url_encode(sealed->body) ==
               "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
               "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

BOOST_AUTO_TEST_CASE(both_sides_agree) {
    const auto one = P256Key::generate(), other = P256Key::generate();
    BOOST_TEST(one->agree(other->public_point().value()).value() == other->agree(one->public_point().value()).value());
    const auto again = P256Key::from_scalar(one->scalar().value());
    BOOST_TEST(again->public_point().value() == one->public_point().value());
    BOOST_TEST(one->sign("text").value().size() == 64);
}

BOOST_AUTO_TEST_CASE(what_is_no_key_is_refused) {
    const auto key = P256Key::generate();
    auto point = key->public_point().value();
    point.back() = char(point.back() ^ 1);   // not on the curve
    for (const auto& bad : {std::string(), std::string("\x04"), std::string(65, '\x04'), point, point.substr(1)})
        BOOST_TEST(!key->agree(bad).has_value());
    for (const auto& bad : {std::string(), std::string(31, 'a'), std::string(32, '\0'), std::string(32, '\xff')})
        BOOST_TEST(!P256Key::from_scalar(bad).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
