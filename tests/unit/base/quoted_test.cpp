#include "base/core/quoted.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(quoted)

namespace {

std::string quoted_text(std::string_view text) {
    std::string out = "=";
    kith::append_quoted(out, text);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_in_a_text_ends_the_quote_or_the_line) {
    BOOST_TEST(quoted_text("") == "=\"\"");
    BOOST_TEST(quoted_text("a b") == "=\"a b\"");
    BOOST_TEST(quoted_text("say \"hi\"\\") == "=\"say \\\"hi\\\"\\\\\"");
    BOOST_TEST(quoted_text("one\r\ntwo\t\x7f") == "=\"one\\u000d\\u000atwo\\u0009\\u007f\"");
    BOOST_TEST(quoted_text(std::string_view("\0x", 2)) == "=\"\\u0000x\"");
    BOOST_TEST(quoted_text("grün") == "=\"grün\"");
}

BOOST_AUTO_TEST_SUITE_END()
