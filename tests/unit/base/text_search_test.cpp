#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/tokenizer.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace text = kith::text;

namespace {

std::string stored(std::string_view of) { return text::join(text::search_tokens(of), "|"); }
std::string asked(std::string_view of) { return text::join(text::query_tokens(of), "|"); }

bool finds(std::string_view query, std::string_view in) {
    const auto tokens = text::search_tokens(in);
    const std::set<std::string> known(tokens.begin(), tokens.end());
    const auto wanted = text::query_tokens(query);
    return !wanted.empty() &&
           std::ranges::all_of(wanted, [&](const auto& token) { return known.contains(token); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_search)

BOOST_AUTO_TEST_CASE(folding_makes_spellings_equal) {
    for (const auto& [a, b] : {std::pair{"Straße", "STRASSE"},
                               {"ＡＢＣ１", "abc1"},
                               {"ｶﾞ", "ガ"},
                               {"ΣΊΣΥΦΟΣ", "σίσυφος"},
                               {"ПРИВЕТ", "привет"},
                               {"É", "e\u0301"},
                               {"ǅ", "dž"},
                               {"℡", "tel"}}) {
        BOOST_TEST(text::fold(a) == text::fold(b));
    }
    BOOST_TEST(text::fold("é") != text::fold("e"));
    BOOST_TEST(text::fold_accents("Café Ñandú Łódź") == "cafe nandu łodz");
    BOOST_TEST(text::fold_accents("й ガ ά") == text::fold("й ガ ά"));  // other scripts keep theirs
    BOOST_TEST(text::nfc("e\u0301") == "é");
    BOOST_TEST(text::nfc("ﬁ") == "ﬁ");
    BOOST_TEST(text::fold("A\xFF") == "a\uFFFD");
    BOOST_TEST(text::fold(std::string_view("A\0é", 4)) == std::string_view("a\0é", 4));
}

BOOST_AUTO_TEST_CASE(property_folding_twice_changes_nothing) {
    BOOST_TEST(rc::check([] {
        std::string any;
        for (const auto c : *rc::gen::container<std::vector<std::uint32_t>>(
                 rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(1, 0x600),
                                rc::gen::inRange<std::uint32_t>(0x1D00, 0x3400),
                                rc::gen::inRange<std::uint32_t>(0xF900, 0x10000)))) {
            kith::utf8::append(any, c);
        }
        const std::string folded = text::fold(any);
        RC_ASSERT(kith::utf8::valid(folded));
        RC_ASSERT(text::fold(folded) == folded);
    }));
}

BOOST_AUTO_TEST_CASE(words_are_runs_of_letters_and_digits) {
    BOOST_TEST(stored("Hello, World! C++20 snake_case") == "hello|world|c|20|snake|case");
    BOOST_TEST(stored("") == "");
    BOOST_TEST(stored(" \n… — 😀❤\uFE0F ") == "");
    BOOST_TEST(stored("Привет, мир") == "привет|мир");
    BOOST_TEST(stored("हिन्दी") == "हिन्दी");  // marks stay in their word
    BOOST_TEST(stored("a\xFFz") == "a|z");
}

BOOST_AUTO_TEST_CASE(scripts_without_spaces_give_pairs) {
    BOOST_TEST(stored("黒猫舎") == "黒|黒猫|猫|猫舎|舎");
    BOOST_TEST(asked("黒猫舎") == "黒猫|猫舎");
    BOOST_TEST(asked("猫") == "猫");
    BOOST_TEST(stored("C言語v2") == "c|言|言語|語|v2");
    BOOST_TEST(asked("猫、犬と") == "猫|犬と");
    BOOST_TEST(asked("スーパー") == "スー|ーパ|パー");
}

BOOST_AUTO_TEST_CASE(queries_find_what_is_stored) {
    BOOST_TEST(finds("cafe", "Ein CAFÉ in Köln"));
    BOOST_TEST(finds("猫", "吾輩は猫である"));
    BOOST_TEST(finds("中国", "我在中国的城市"));
    BOOST_TEST(finds("ﾈｺ", "ネコ"));
    BOOST_TEST(finds("서울", "서울에서 만나요"));
    BOOST_TEST(finds("สวัสดี", "คำว่าสวัสดีครับ"));
    BOOST_TEST(!finds("国中", "我在中国的城市"));
    BOOST_TEST(!finds("köl", "Köln"));
}

BOOST_AUTO_TEST_CASE(long_words_are_cut_alike_in_text_and_query) {
    const std::string word(1000, 'x');
    BOOST_TEST(stored(word) == std::string(kith::limits::search_token_chars_max, 'x'));
    BOOST_TEST(finds(word, "a " + word + " b"));
}

BOOST_AUTO_TEST_SUITE_END()
