#include <rapidcheck.h>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json/view.hpp"
#include "base/json/writer.hpp"

using kith::json::Document;
using kith::json::Kind;
using kith::json::View;
using kith::json::Writer;

BOOST_AUTO_TEST_SUITE(json_writer)

BOOST_AUTO_TEST_CASE(records_become_compact_json) {
    Writer w;
    w.object();
    w.member("id", std::string("https://a.example/1")).member("likes", 3).member("ok", true);
    w.member("size", std::size_t(7)).member("low", std::int64_t(INT64_MIN)).member("half", 0.5);
    w.null_member("summary").member_unless_empty("name", "").member_unless_empty("x", "y");
    w.key("tag").array().value("a").object().end().end();
    w.member("maybe", std::optional<int>()).member("sure", std::optional<int>(4));
    w.end();
    BOOST_TEST(!w.misused());
    BOOST_TEST(w.take() ==
               R"({"id":"https://a.example/1","likes":3,"ok":true,"size":7,)"
               R"("low":-9223372036854775808,"half":0.5,"summary":null,"x":"y","tag":["a",{}],)"
               R"("maybe":null,"sure":4})");
}

BOOST_AUTO_TEST_CASE(take_empties_the_writer) {
    Writer w;
    BOOST_TEST(w.value("a").take() == "\"a\"");
    BOOST_TEST(w.array().value(1).take() == "[1]");
    BOOST_TEST(w.take() == "null");
}

BOOST_AUTO_TEST_CASE(text_is_escaped_and_mended) {
    Writer w;
    w.array();
    w.value("\"\\\n\x01/é😀").value("a\xFF\xC3z").value(std::string_view("a\0b", 3));
    w.object().member("k\xFF", 1).end();
    BOOST_TEST(w.take() ==
               "[\"\\\"\\\\\\n\\u0001/é😀\",\"a\uFFFD\uFFFDz\",\"a\uFFFDb\",{\"k\uFFFD\":1}]");
}

BOOST_AUTO_TEST_CASE(every_control_character_is_escaped_also_in_long_text) {
    for (char c = 1; c < 0x20; ++c) {
        const std::string text = std::string(20, 'x') + c + std::string(20, 'y');
        Writer w;
        const auto parsed = Document::parse(w.value(text).take());
        BOOST_TEST_INFO(int(c));
        BOOST_REQUIRE(parsed);
        BOOST_TEST(parsed->root().string_or("") == text);
        BOOST_TEST(!Document::parse('"' + text + '"').has_value());  // raw it is no JSON
    }
}

BOOST_AUTO_TEST_CASE(numbers_that_json_cannot_hold_are_null) {
    Writer w;
    w.array().value(NAN).value(INFINITY).value(-INFINITY).value(UINT64_MAX).value(1e300);
    BOOST_TEST(w.take() == "[null,null,null,18446744073709551615,1e300]");
}

BOOST_AUTO_TEST_CASE(values_of_peers_and_raw_json_are_copied) {
    const auto theirs = Document::parse(R"({"a": [1, {"b": "c"}]})");
    BOOST_REQUIRE(theirs);
    Writer w;
    w.object().member("object", (*theirs)["a"]).member("none", (*theirs)["x"]);
    w.key("raw").raw("{\"as\" : \"it came\"}").key("empty").raw("").end();
    BOOST_TEST(w.take() ==
               R"({"object":[1,{"b":"c"}],"none":null,"raw":{"as" : "it came"},"empty":null})");
}

BOOST_AUTO_TEST_CASE(misuse_is_told_and_never_breaks_the_output) {
    const auto expect = [](Writer& w, std::string_view text) {
        BOOST_TEST(w.misused());
        const std::string got = w.take();
        BOOST_TEST(got == text);
        BOOST_TEST(Document::parse(got).has_value());
        BOOST_TEST(!w.misused());
    };
    Writer w;
    expect(w.object().value(1).end(), R"({"":1})");
    expect(w.object().key("a").key("b").value(2).end(), R"({"a":null,"b":2})");
    expect(w.object().key("a").end(), R"({"a":null})");
    expect(w.array().key("a").value(1).end(), "[1]");
    expect(w.end().end().value(1), "1");
    expect(w.key("a").value(1), "1");
    expect(w.value(1).value(2), "1");
    expect(w.array().end().object().key("a").array().value(1).end().end(), "[]");
}

BOOST_AUTO_TEST_CASE(what_is_open_is_closed_by_take) {
    Writer w;
    w.object().key("a").array().object().member("b", 1);
    BOOST_TEST(w.take() == R"({"a":[{"b":1}]})");
}

namespace {

std::string any_text() {
    // Bytes of every kind, more ASCII than not; NUL excepted, which the writer changes.
    const auto bytes = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::inRange<char>(1, 127), rc::gen::nonZero<char>()));
    return bytes;
}

std::string any_code_points() {
    std::string out;
    for (const auto& part :
         *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
             "a", "\"", "\\", "\n", "\x7F", "é", "字", "😀", "\u2028"))) {
        out += part;
    }
    return out;
}

// Writes a random tree and notes it in a form of its own, to be compared with what is read back.
void write_any(Writer& w, std::string& noted, int depth) {
    switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
        case 0:
            w.null(), noted += 'n';
            break;
        case 1: {
            const bool yes = *rc::gen::arbitrary<bool>();
            w.value(yes), noted += yes ? 't' : 'f';
            break;
        }
        case 2: {
            const auto number = *rc::gen::arbitrary<std::int64_t>();
            w.value(number), noted += 'i' + std::to_string(number);
            break;
        }
        case 3: {
            const auto number = *rc::gen::arbitrary<double>();
            w.value(number);
            // Bits, so that nothing is lost in the noting.
            noted += std::isfinite(number)
                         ? 'd' + std::to_string(std::bit_cast<std::uint64_t>(number))
                         : "n";
            break;
        }
        case 4: {
            const auto text = any_code_points();
            w.value(text), noted += 's' + text + '\0';
            break;
        }
        case 5: {
            w.array(), noted += '[';
            for (int n = *rc::gen::inRange(0, 4); n > 0; --n) write_any(w, noted, depth - 1);
            w.end(), noted += ']';
            break;
        }
        default: {
            w.object(), noted += '{';
            for (int n = *rc::gen::inRange(0, 20); n > 0; --n) {
                const std::string key = any_code_points() + std::to_string(n);  // each key once
                w.key(key), noted += key + '\0';
                write_any(w, noted, depth - 1);
            }
            w.end(), noted += '}';
        }
    }
}

void read_back(View v, std::string& noted) {
    switch (v.kind()) {
        case Kind::absent:
            noted += '?';
            break;
        case Kind::null:
            noted += 'n';
            break;
        case Kind::boolean:
            noted += *v.boolean() ? 't' : 'f';
            break;
        case Kind::string:
            noted += 's' + std::string(*v.string()) + '\0';
            break;
        case Kind::number:
            // The writer gives every double a point or an exponent.
            if (v.text().find_first_of(".e") != std::string::npos) {
                noted += 'd' + std::to_string(std::bit_cast<std::uint64_t>(*v.maybe_number()));
            } else {
                noted += 'i' + std::to_string(*v.integer());
            }
            break;
        case Kind::array:
            noted += '[';
            for (const View one : v) read_back(one, noted);
            noted += ']';
            break;
        case Kind::object:
            noted += '{';
            for (std::size_t i = 0; i < v.member_count(); ++i) {
                noted += std::string(v.member_name(i)) + '\0';
                read_back(v.member(i), noted);
            }
            noted += '}';
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(property_what_is_written_is_read_back) {
    BOOST_TEST(rc::check([] {
        Writer w;
        std::string written, read;
        write_any(w, written, 4);
        RC_ASSERT(!w.misused());
        const std::string text = w.take();
        const auto document = Document::parse(text);
        RC_ASSERT(document.has_value());
        read_back(document->root(), read);
        RC_ASSERT(read == written);
        RC_ASSERT(document->root().text() == text);
    }));
}

BOOST_AUTO_TEST_CASE(property_any_bytes_and_any_order_of_calls_give_valid_json) {
    BOOST_TEST(rc::check([] {
        Writer w;
        for (int call : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 7))) {
            switch (call) {
                case 0:
                    w.object();
                    break;
                case 1:
                    w.array();
                    break;
                case 2:
                    w.end();
                    break;
                case 3:
                    w.key(std::to_string(*rc::gen::arbitrary<int>()));
                    break;
                case 4:
                    w.value(any_text());
                    break;
                case 5:
                    w.value(*rc::gen::arbitrary<double>());
                    break;
                default:
                    w.raw("{}");
            }
        }
        const auto parsed = Document::parse(w.take());
        // Depth and a key twice are the only faults that calls in a wrong order can still make.
        if (!parsed) {
            RC_ASSERT(parsed.error().detail.find("deeply") != std::string::npos ||
                      parsed.error().detail.find("twice") != std::string::npos);
        }
    }));
}

BOOST_AUTO_TEST_SUITE_END()
