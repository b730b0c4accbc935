#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

#include "base/json/view.hpp"
#include "config/limits/base.hpp"

using kith::Code;
using kith::json::Document;
namespace limits = kith::limits;

namespace {

bool accepts(std::string_view text) { return Document::parse(text).has_value(); }

// What a refusal says to the log; empty when the text was taken.
std::string refusal(std::string_view text) {
    const auto parsed = Document::parse(text);
    if (parsed) return {};
    BOOST_TEST((parsed.error().code == Code::invalid));
    BOOST_TEST(!parsed.error().detail.empty());
    return parsed.error().detail;
}

bool refused_for(std::string_view text, std::string_view why) {
    const std::string detail = refusal(text);
    BOOST_TEST_INFO(text.substr(0, 80) << " -> " << detail);
    return detail.find(why) != std::string::npos;
}

std::string repeat(std::string_view part, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += part;
    return out;
}

std::string nested(int depth) { return repeat("[", depth) + repeat("]", depth); }

}  // namespace

BOOST_AUTO_TEST_SUITE(json_parse)

BOOST_AUTO_TEST_CASE(depth_is_bounded_before_parsing) {
    BOOST_TEST(accepts(nested(limits::json_depth_max)));
    BOOST_TEST(refused_for(nested(limits::json_depth_max + 1), "too deeply"));
    BOOST_TEST(refused_for(repeat("[", 100'000), "too deeply"));
    BOOST_TEST(refused_for(repeat("{\"a\":", 100'000), "too deeply"));
    BOOST_TEST(refused_for(repeat("[{\"a\":", 100'000), "too deeply"));
    BOOST_TEST(!accepts(repeat("]", 100) + repeat("[", 100'000)));
}

BOOST_AUTO_TEST_CASE(brackets_in_strings_are_not_depth) {
    BOOST_TEST(accepts("[\"" + repeat("[{\\\"", 1000) + "\"]"));
    BOOST_TEST(accepts(R"(["\\", [[ "\\\"[[[" ]]])"));
}

BOOST_AUTO_TEST_CASE(members_are_counted_over_the_whole_document) {
    const auto object_of = [](std::size_t count) {
        std::string text = "{";
        for (std::size_t i = 0; i < count; ++i) text += "\"k" + std::to_string(i) + "\":1,";
        text.back() = '}';
        return text;
    };
    BOOST_TEST(accepts(object_of(limits::json_members_max)));
    BOOST_TEST(refused_for(object_of(limits::json_members_max + 1), "too many members"));
    const std::string half = object_of(limits::json_members_max / 2 + 1);
    BOOST_TEST(refused_for("[" + half + "," + half + "]", "too many members"));
}

BOOST_AUTO_TEST_CASE(a_key_twice_in_one_object_is_refused_in_every_spelling) {
    BOOST_TEST(refused_for(R"({"actor":"A","actor":"B"})", "twice"));
    BOOST_TEST(refused_for(R"({"actor":"A","\u0061ctor":"B"})", "twice"));
    BOOST_TEST(refused_for(R"({"a/b":1,"a\/b":2})", "twice"));
    BOOST_TEST(refused_for(R"({"😀":1,"\ud83d\ude00":2})", "twice"));
    BOOST_TEST(refused_for(R"({"":1,"":2})", "twice"));
    BOOST_TEST(refused_for(R"([1,{"object":[{"id":1,"type":2,"id":3}]}])", "twice"));
    BOOST_TEST(accepts(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})"));
    BOOST_TEST(accepts(R"({"a":1,"A":2})"));
}

BOOST_AUTO_TEST_CASE(a_key_twice_is_found_in_large_objects) {
    std::string text = "{";
    for (int i = 0; i < 500; ++i) text += "\"k" + std::to_string(i) + "\":1,";
    BOOST_TEST(accepts(text + "\"last\":1}"));
    BOOST_TEST(refused_for(text + "\"k250\":1}", "twice"));
}

BOOST_AUTO_TEST_CASE(nul_is_refused_wherever_it_hides) {
    using namespace std::string_view_literals;
    BOOST_TEST(refused_for(R"(["a\u0000b"])", "U+0000"));
    BOOST_TEST(refused_for(R"({"a\u0000b":1})", "U+0000"));
    BOOST_TEST(accepts(R"(["a\\u0000b"])"));  // an escaped backslash, then plain text
    BOOST_TEST(refused_for(R"(["\\\u0000"])", "U+0000"));
    BOOST_TEST(refused_for("[\"a\0b\"]"sv, "NUL"));
    BOOST_TEST(refused_for("{}\0"sv, "NUL"));
    BOOST_TEST(refused_for("{\"actor\":1}\0{\"actor\":2}"sv, "NUL"));
    BOOST_TEST(refused_for("[1,\0 2]"sv, "NUL"));
}

BOOST_AUTO_TEST_CASE(text_is_valid_utf8_and_pairs_its_surrogates) {
    BOOST_TEST(refused_for("[\"\xFF\"]", "UTF-8"));
    BOOST_TEST(refused_for("[\"\xC0\x80\"]", "UTF-8"));      // overlong NUL
    BOOST_TEST(refused_for("[\"\xED\xA0\x80\"]", "UTF-8"));  // a surrogate
    BOOST_TEST(refused_for("{\"\xC3\":1}", "UTF-8"));        // cut short, in a key
    BOOST_TEST(refused_for(R"(["\ud800"])", "surrogate"));
    BOOST_TEST(refused_for(R"(["\udc00"])", "surrogate"));
    BOOST_TEST(refused_for(R"(["\ud83d\ud83d"])", "surrogate"));
    BOOST_TEST(refused_for(R"(["\ud83dx\ude00"])", "surrogate"));
    BOOST_TEST(refused_for("[\"\\ud83d", "surrogate"));
    const auto paired = Document::parse(R"(["\ud83d\ude00"])");
    BOOST_REQUIRE(paired);
    BOOST_TEST(paired->root().at(0).string_or("") == "😀");
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused) {
    for (const auto* text :
         {"",         " ",       "{",     "}",         "[",       "[1,]",      "{\"a\":1,}",
          "{a:1}",    "{'a':1}", "[1 2]", "{\"a\" 1}", "nul",     "NaN",       "Infinity",
          "-",        "+1",      "01",    "1.",        ".5",      "1e",        "0x10",
          "[1] []",   "{}x",     "\"a",   "\"a\\\"",   "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
          "\"a\nb\"", "/**/1",   "[1]//", "\\",        "\"\\",    "\"\\u",     "\"\\ud800\\u"}) {
        BOOST_TEST_INFO(text);
        BOOST_TEST(!refusal(text).empty());
    }
}

BOOST_AUTO_TEST_CASE(a_scalar_white_space_and_a_byte_order_mark_are_fine) {
    BOOST_TEST(accepts("0"));
    BOOST_TEST(accepts(" \t\r\n\"x\" \n"));
    BOOST_TEST(accepts("\xEF\xBB\xBF{}"));
}

BOOST_AUTO_TEST_CASE(numbers_up_to_a_double_are_taken_and_beyond_refused) {
    const auto all = Document::parse(
        "[9223372036854775807,-9223372036854775808,9223372036854775808,18446744073709551615,"
        "123456789012345678901234567890,1e308,-0,0.1,1e-400]");
    BOOST_REQUIRE(all);
    const auto root = all->root();
    BOOST_TEST(*root.at(0).integer() == INT64_MAX);
    BOOST_TEST(*root.at(1).integer() == INT64_MIN);
    BOOST_TEST(!root.at(2).integer());
    BOOST_TEST(!root.at(2).maybe_integer().has_value());
    BOOST_TEST(*root.at(3).maybe_number() == 18446744073709551615.0);
    BOOST_TEST(*root.at(4).maybe_number() == 123456789012345678901234567890.0);
    BOOST_TEST(!root.at(4).integer());
    BOOST_TEST(*root.at(5).maybe_number() == 1e308);
    BOOST_TEST(*root.at(6).maybe_integer() == 0);
    BOOST_TEST(*root.at(7).maybe_number() == 0.1);
    BOOST_TEST(*root.at(8).maybe_number() == 0.0);
    BOOST_TEST(!accepts("1e400"));
    BOOST_TEST(!accepts("[" + repeat("9", 400) + "]"));
    // Digits and exponents without end cost time and never more than that.
    BOOST_TEST(accepts("0." + repeat("3", 100'000)));
    BOOST_TEST(accepts("1e-" + repeat("9", 100'000)));
    BOOST_TEST(!accepts("1e" + repeat("9", 100'000)));
}

BOOST_AUTO_TEST_CASE(every_beginning_of_a_document_is_refused_and_none_ends_the_process) {
    const std::string text =
        R"({"id":"https://a.example/1","to":["x",{"y":[-1.5e3,true,null]}],"s":"\ud83d\ude00\n"})";
    BOOST_TEST(accepts(text));
    for (std::size_t cut = 0; cut < text.size(); ++cut) BOOST_TEST(!accepts(text.substr(0, cut)));
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char byte : {'"', '\\', '{', ']', '\0', '\xFF', '0'}) {
            std::string changed = text;
            changed[at] = byte;
            if (const auto parsed = Document::parse(changed)) {
                BOOST_TEST(accepts(parsed->root().text()));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(documents_move_between_threads_and_keep_their_views) {
    std::vector<std::string> seen(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        auto document = Document::parse("{\"n\":\"" + std::to_string(i) + "\"}");
        BOOST_REQUIRE(document);
        const auto view = (*document)["n"];
        threads.emplace_back([&seen, i, view, moved = std::move(*document)] {
            seen[i] = std::string(view.string_or("")) + moved["n"].text();
        });
    }
    for (auto& thread : threads) thread.join();
    for (std::size_t i = 0; i < seen.size(); ++i) {
        BOOST_TEST(seen[i] == std::to_string(i) + "\"" + std::to_string(i) + "\"");
    }
}

BOOST_AUTO_TEST_SUITE_END()
