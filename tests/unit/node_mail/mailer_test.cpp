#include "node/mail/mailer.hpp"

#include "base/crypto/encoding.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace kith;
using mail::Letter;

namespace {

constexpr TimeMs noon = 1'700'000'000'000;   // 2023-11-14T22:13:20Z

}  // namespace

BOOST_AUTO_TEST_SUITE(mailer)

BOOST_AUTO_TEST_CASE(a_letter_has_a_head_and_an_encoded_text) {
    const auto text = mail::message({"ann@there.example", "Hello", "one\ntwo\n"}, "node@here.example", noon, "id@here");
    BOOST_REQUIRE(text.has_value());
    const auto end = text->find("\r\n\r\n");
    const auto head = text->substr(0, end);
    BOOST_TEST(head.starts_with("From: <node@here.example>\r\nTo: <ann@there.example>\r\nSubject: Hello\r\n"));
    BOOST_TEST(head.find("Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n") != head.npos);
    BOOST_TEST(head.find("Message-ID: <id@here>") != head.npos);
    auto body = text->substr(end + 4);
    std::erase(body, '\r');
    std::erase(body, '\n');
    BOOST_TEST(crypto::base64_decode(body).value_or("") == "one\r\ntwo\r\n");
}

BOOST_AUTO_TEST_CASE(long_texts_and_other_scripts_stay_within_their_lines) {
    const auto text = mail::message({"a@b.example", "Grüße", std::string(500, 'x')}, "n@h.example", noon, "id");
    BOOST_TEST(text->find("Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n") != text->npos);
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) BOOST_TEST(line.size() <= 78u);
}

BOOST_AUTO_TEST_CASE(nobody_writes_headers_of_ours) {
    for (const auto& bad : {Letter{"a@b.example\r\nBcc: c@d.example", "x", ""}, Letter{"a@b.example", "x\nBcc: c@d.example", ""}})
        BOOST_TEST(!mail::message(bad, "n@h.example", noon, "id").has_value());
    BOOST_TEST(!mail::message({"a@b.example", "x", ""}, "n@h.example\r\nX: y", noon, "id").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
