#include <boost/test/unit_test.hpp>

#include <bit>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "base/json/canonical.hpp"

using namespace kith;

namespace {

std::string file(const std::string& name) {
    std::ifstream in(std::string(KITH_TEST_DATA) + "/vectors/jcs/" + name);
    BOOST_REQUIRE_MESSAGE(in, name);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string canonical(std::string_view text) {
    const auto document = json::Document::parse(text);
    BOOST_REQUIRE_MESSAGE(document, text);
    return json::canonical(document->root());
}

std::string number(std::uint64_t bits) { return json::canonical_number(std::bit_cast<double>(bits)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(jcs)

BOOST_AUTO_TEST_CASE(the_six_files_of_the_rfcs_author_come_out_byte_for_byte) {
    for (std::string name :
         {"arrays.json", "french.json", "structures.json", "unicode.json", "values.json",
          "weird.json"})
        BOOST_TEST(canonical(file("input/" + name)) == file("output/" + name), name);
}

BOOST_AUTO_TEST_CASE(what_is_canonical_stays_as_it_is) {
    for (std::string name : {"arrays.json", "french.json", "structures.json", "unicode.json",
                             "values.json", "weird.json"}) {
        const auto once = canonical(file("input/" + name));
        BOOST_TEST(canonical(once) == once, name);
    }
}

// RFC 8785 Appendix B.
BOOST_AUTO_TEST_CASE(numbers_are_written_as_ecmascript_writes_them) {
    BOOST_TEST(number(0x0000000000000000) == "0");
    BOOST_TEST(number(0x8000000000000000) == "0");
    BOOST_TEST(number(0x0000000000000001) == "5e-324");
    BOOST_TEST(number(0x8000000000000001) == "-5e-324");
    BOOST_TEST(number(0x7fefffffffffffff) == "1.7976931348623157e+308");
    BOOST_TEST(number(0xffefffffffffffff) == "-1.7976931348623157e+308");
    BOOST_TEST(number(0x4340000000000000) == "9007199254740992");
    BOOST_TEST(number(0xc340000000000000) == "-9007199254740992");
    BOOST_TEST(number(0x4430000000000000) == "295147905179352830000");
    BOOST_TEST(number(0x44b52d02c7e14af5) == "9.999999999999997e+22");
    BOOST_TEST(number(0x44b52d02c7e14af6) == "1e+23");
    BOOST_TEST(number(0x44b52d02c7e14af7) == "1.0000000000000001e+23");
    BOOST_TEST(number(0x444b1ae4d6e2ef4e) == "999999999999999700000");
    BOOST_TEST(number(0x444b1ae4d6e2ef4f) == "999999999999999900000");
    BOOST_TEST(number(0x444b1ae4d6e2ef50) == "1e+21");
    BOOST_TEST(number(0x3eb0c6f7a0b5ed8c) == "9.999999999999997e-7");
    BOOST_TEST(number(0x3eb0c6f7a0b5ed8d) == "0.000001");
    BOOST_TEST(number(0x41b3de4355555553) == "333333333.3333332");
    BOOST_TEST(number(0x41b3de4355555554) == "333333333.33333325");
    BOOST_TEST(number(0x41b3de4355555555) == "333333333.3333333");
    BOOST_TEST(number(0x41b3de4355555556) == "333333333.3333334");
    BOOST_TEST(number(0x41b3de4355555557) == "333333333.33333343");
    BOOST_TEST(number(0xbecbf647612f3696) == "-0.0000033333333333333333");
    BOOST_TEST(number(0x43143ff3c1cb0959) == "1424953923781206.2");
}

BOOST_AUTO_TEST_CASE(members_are_ordered_by_their_utf16_units) {
    // U+FB33 is one unit above all surrogates, U+1F600 begins with a surrogate.
    BOOST_TEST(canonical("{\"\xef\xac\xb3\":1,\"\xf0\x9f\x98\x80\":2,\"\xc3\xb6\":3}") ==
               "{\"\xc3\xb6\":3,\"\xf0\x9f\x98\x80\":2,\"\xef\xac\xb3\":1}");
    BOOST_TEST(canonical(R"({"b":1,"ab":2,"a":3,"":4})") == R"({"":4,"a":3,"ab":2,"b":1})");
}

BOOST_AUTO_TEST_CASE(members_can_be_left_out_and_put_in) {
    const auto document = json::Document::parse(R"({"b":{"proof":1},"proof":2,"a":3})");
    const auto other = json::Document::parse("[4]");
    const json::Instead changes[] = {{"proof", {}}, {"c", other->root()}, {"absent", {}}};
    BOOST_TEST(json::canonical(document->root(), changes) == R"({"a":3,"b":{"proof":1},"c":[4]})");
}

BOOST_AUTO_TEST_SUITE_END()
