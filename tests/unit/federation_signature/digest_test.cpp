#include "federation/signature/digest.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

#include "tests/unit/federation_signature/fixture.hpp"

using namespace kith::signature;
using namespace kith::signature::test;

namespace {

std::string check(const std::string& digest, std::string_view bytes = body) {
    Request request;
    request["Digest"] = digest;
    return refusal(check_digest(request.view(), bytes));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(digest)

BOOST_AUTO_TEST_CASE(a_digest_is_sha_256_of_the_raw_bytes) {
    BOOST_TEST(digest_header("hello") == "SHA-256=LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    BOOST_TEST(check(digest_header(body)) == "");
    BOOST_TEST(check(digest_header(""), "") == "");
}

BOOST_AUTO_TEST_CASE(the_same_json_with_other_white_space_is_another_body) {
    BOOST_TEST(
        check(digest_header(body), R"({"type":"Follow", "actor":"https://a.example/u/ana"})") ==
        "the Digest header does not match the body");
    BOOST_TEST(check(digest_header(body), std::string(body) + "\n") != "");
}

BOOST_AUTO_TEST_CASE(other_algorithms_may_stand_beside_sha_256) {
    const auto own = digest_header(body);
    BOOST_TEST(check("MD5=AAAA, " + own) == "");
    BOOST_TEST(check(own + ",SHA-512=AAAA") == "");
    BOOST_TEST(check("sha-256=" + own.substr(8)) == "");
    BOOST_TEST(check("SHA-512=AAAA") == "the Digest header has no SHA-256");
    BOOST_TEST(check(own + "," + digest_header("other")) != "");
    BOOST_TEST(check(digest_header("other") + "," + own) != "");
}

BOOST_AUTO_TEST_CASE(malformed_and_missing_digests_are_refused) {
    for (auto value : {"", "SHA-256", "SHA-256=", "SHA-256=AAAA", "=", "sha-256=:LPJN:"})
        BOOST_TEST(check(value) != "", value);
    BOOST_TEST(refusal(check_digest(Request().view(), body)) == "the Digest header is missing");
}

BOOST_AUTO_TEST_CASE(two_digest_headers_are_refused) {
    Request request;
    request.headers = {{"Digest", digest_header(body)}, {"digest", digest_header(body)}};
    BOOST_TEST(refusal(check_digest(request.view(), body)) ==
               "the header digest occurs more than once");
}

BOOST_AUTO_TEST_SUITE_END()
