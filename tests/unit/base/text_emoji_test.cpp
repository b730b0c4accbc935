#include "base/text/emoji.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith::text;

BOOST_AUTO_TEST_SUITE(base_text_emoji)

BOOST_AUTO_TEST_CASE(one_emoji_is_one_emoji) {
    for (std::string_view emoji :
         {"🔥", "👍", "👍🏽", "👩‍❤️‍💋‍👨", "🏳️‍🌈", "🇩🇪",
          "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "#⃣", "🫠", "👨‍👩‍👧‍👦"})
        BOOST_TEST(one_emoji(emoji) == emoji);
}

BOOST_AUTO_TEST_CASE(an_emoji_has_one_spelling) {
    BOOST_TEST(one_emoji("❤") == "❤️");
    BOOST_TEST(one_emoji("❤️") == "❤️");
    BOOST_TEST(one_emoji("🔥\xEF\xB8\x8F") == "🔥");
    BOOST_TEST(one_emoji("©") == "©\xEF\xB8\x8F");
}

BOOST_AUTO_TEST_CASE(what_is_not_one_emoji_is_none) {
    for (std::string_view text : {"",         "a",       "1",
                                  "#",        "🔥🔥",      "🔥a",
                                  "a🔥",       " 🔥",      "lain likes this",
                                  "<b>🔥</b>", "🇩",       "🇩🇪🇫🇷",
                                  "🔥\u0301",  "🔥\u200d", "\u200d🔥",
                                  "\ufe0f",   "\xff",    "🔥\xf0\x9f",
                                  "日",       "é",       ":fire:"})
        BOOST_TEST(one_emoji(text) == "");
    std::string long_one = "🏴";
    for (int i = 0; i < 20; ++i) long_one += "\U000E0067";
    BOOST_TEST(one_emoji(long_one) == "");
}

BOOST_AUTO_TEST_CASE(shortcodes_are_read_with_and_without_colons_and_host) {
    for (std::string_view text :
         {":blob_cat-2:", "blob_cat-2", ":blob_cat-2@there.example:", "blob_cat-2@."})
        BOOST_TEST(shortcode_of(text) == "blob_cat-2");
    for (std::string_view text :
         {"", ":", "::", ":a b:", ":a\":", "<b>", ":a&b:", ":ä:", "@x", "a.b", ":a::b:"})
        BOOST_TEST(shortcode_of(text) == "");
    BOOST_TEST(shortcode_of(std::string(64, 'a')) == std::string(64, 'a'));
    BOOST_TEST(shortcode_of(std::string(65, 'a')) == "");
}

BOOST_AUTO_TEST_SUITE_END()
