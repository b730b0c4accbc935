#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>
#include <string>

#include "base/text/utf8.hpp"

namespace utf8 = kith::utf8;

BOOST_AUTO_TEST_SUITE(text_utf8)

BOOST_AUTO_TEST_CASE(only_scalar_values_in_their_shortest_form_are_valid) {
    for (const auto* good : {"", "plain ASCII text, longer than eight bytes", "é", "字", "😀",
                             "\x7F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF",
                             "\U00010000", "\U0010FFFF", "ASCII till here, then é"}) {
        BOOST_TEST(utf8::valid(good));
    }
    for (const auto* bad : {"\x80",
                            "\xBF",
                            "\xC0\x80",
                            "\xC1\xBF",
                            "\xC3",
                            "\xC3(",
                            "\xE0\x80\x80",
                            "\xE0\x9F\xBF",
                            "\xE2\x82",
                            "\xED\xA0\x80",
                            "\xED\xBF\xBF",
                            "\xF0\x80\x80\x80",
                            "\xF0\x8F\xBF\xBF",
                            "\xF0\x9F\x98",
                            "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80",
                            "\xFE",
                            "\xFF",
                            "eight bytes and then \xFF",
                            "\xF8\x88\x80\x80\x80"}) {
        BOOST_TEST(!utf8::valid(bad));
    }
}

BOOST_AUTO_TEST_CASE(ill_formed_parts_are_replaced_as_browsers_do) {
    BOOST_TEST(utf8::to_valid("aéz") == "aéz");
    BOOST_TEST(utf8::to_valid("a\xFFz") == "a\uFFFDz");
    BOOST_TEST(utf8::to_valid("a\xE2\x82z") == "a\uFFFDz");              // one for a cut sequence
    BOOST_TEST(utf8::to_valid("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // three for a surrogate
    BOOST_TEST(utf8::to_valid("\xF0\x9F\x98") == "\uFFFD");
}

BOOST_AUTO_TEST_CASE(length_and_truncation_count_code_points) {
    BOOST_TEST(utf8::length("") == 0u);
    BOOST_TEST(utf8::length("aé字😀") == 4u);
    BOOST_TEST(utf8::length("a\xFF\xC3") == 3u);
    BOOST_TEST(utf8::truncate("aé字😀", 3) == "aé字");
    BOOST_TEST(utf8::truncate("aé字😀", 0) == "");
    BOOST_TEST(utf8::truncate("aé字😀", 99) == "aé字😀");
    BOOST_TEST(utf8::truncate_bytes("aé字😀", 10) == "aé字😀");
    BOOST_TEST(utf8::truncate_bytes("aé字😀", 9) == "aé字");
    BOOST_TEST(utf8::truncate_bytes("aé字😀", 6) == "aé字");
    BOOST_TEST(utf8::truncate_bytes("aé字😀", 5) == "aé");
    BOOST_TEST(utf8::truncate_bytes("aé字😀", 0) == "");
    BOOST_TEST(utf8::truncate_bytes("\x80\x80\x80\x80\x80\x80", 5).size() == 5u);
}

BOOST_AUTO_TEST_CASE(property_code_points_survive_and_any_bytes_become_valid) {
    BOOST_TEST(rc::check([](const std::string& bytes) {
        const std::string mended = utf8::to_valid(bytes);
        RC_ASSERT(utf8::valid(mended));
        RC_ASSERT(utf8::length(mended) == utf8::length(bytes));
        RC_ASSERT(!utf8::valid(bytes) || mended == bytes);
    }));
    BOOST_TEST(rc::check([] {
        const auto c = *rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 0xD800),
                                       rc::gen::inRange<std::uint32_t>(0xE000, 0x110000));
        std::string text;
        utf8::append(text, c);
        const auto read = utf8::decode(text);
        RC_ASSERT(read.valid);
        RC_ASSERT(read.bytes == text.size());
        RC_ASSERT(static_cast<std::uint32_t>(read.code_point) == c);
    }));
}

BOOST_AUTO_TEST_CASE(what_is_no_scalar_value_is_not_appended) {
    std::string text = "a";
    utf8::append(text, 0xD800);
    utf8::append(text, 0x110000);
    BOOST_TEST(text == "a");
}

BOOST_AUTO_TEST_SUITE_END()
