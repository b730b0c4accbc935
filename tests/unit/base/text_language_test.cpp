#include "base/text/language.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using kith::text::language_of;

BOOST_AUTO_TEST_SUITE(text_language)

BOOST_AUTO_TEST_CASE(sentences_are_recognised) {
    BOOST_TEST(language_of("Yesterday we planted tomatoes behind the house, and the neighbours came to help us.") == "en");
    BOOST_TEST(language_of("Gestern haben wir hinter dem Haus Tomaten gepflanzt, und die Nachbarn haben geholfen.") == "de");
    BOOST_TEST(language_of("Hier, nous avons planté des tomates derrière la maison et les voisins nous ont aidés.") == "fr");
    BOOST_TEST(language_of("昨日は家の裏にトマトを植えました。近所の人たちが手伝ってくれました。") == "ja");
    BOOST_TEST(language_of("אתמול שתלנו עגבניות מאחורי הבית והשכנים באו לעזור לנו") == "he");
}

BOOST_AUTO_TEST_CASE(what_is_not_sure_is_not_said) {
    for (const auto* text : {"", " ", "ok", "12345 67890", ":-)", "🍅🍅🍅", "xqzt vbnm", "hello world", "My first post", "\xff\xfe"}) BOOST_TEST(language_of(text) == "", text);
    BOOST_TEST(language_of("Yesterday we planted tomatoes behind the house, and the neighbours came to help us. "
                           "Gestern haben wir hinter dem Haus Tomaten gepflanzt, und die Nachbarn haben geholfen.") == "");
}

BOOST_AUTO_TEST_CASE(links_mentions_tags_and_shortcodes_say_nothing) {
    const std::string german = "Gestern haben wir hinter dem Haus Tomaten gepflanzt, und die Nachbarn haben geholfen.";
    const std::string noise = " https://example.org/the/quick/brown/fox/jumps/over #thequickbrownfox @theneighbour@there.example :laughing:";
    BOOST_TEST(language_of(german + noise + noise + noise) == "de");
    BOOST_TEST(language_of(noise) == "");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_read_to_a_bound) {
    std::string text;
    while (text.size() < 4'096) text += "Gestern haben wir hinter dem Haus Tomaten gepflanzt. ";
    while (text.size() < 1'000'000) text += "Yesterday we planted tomatoes behind the house. ";
    BOOST_TEST(language_of(text) == "de");
}

BOOST_AUTO_TEST_SUITE_END()
