#include "federation/signature/cavage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

#include "base/crypto/encoding.hpp"
#include "base/text/strings.hpp"
#include "config/limits/signature.hpp"
#include "tests/unit/federation_signature/fixture.hpp"

using namespace kith;
using namespace kith::signature;
using namespace kith::signature::test;

namespace {

// Both made with Python's hashlib and `openssl dgst -sign` from the text that the draft describes.
constexpr auto known_digest = "SHA-256=KVi4sSz5ywPiMlO2RgFSvvcYz7XAa9gbnw0ldSvE54Y=";
constexpr auto known_signature =
    "Ft3EVEifU/wsJg8oH6l/+v3YC/moa5DJkdytiWYsbPhVsC1w6M4Sxi5QBAQHa9Cp+JEh2TyRYzPIyh7AeucmS6k9"
    "X7CgJtXq6MB6kILr0uSo1/eYOgr2HRogFIGrpfwkfmyMDm2Eqd5FixmMFr4y4pbfZhOxr/nRtWDiaviJR6taQisJ"
    "suPRUKzgbfR8lkOREndR/re5uxnhSPr0I8jQQCjJm9L7ompu1DDBbyLJiZzBtgaGOhdU5SukSqlQ75hMaFJ2WaOM"
    "M9WhDbXG8EC0uVZQcTccbwiH1wHvjLVexOIzh5QQ/a1lHPG8zeWtZmmKy4LPaqR7WivmXbl99Ogc5Q==";

std::string coverage(const Request& request, TimeMs now_ms = noon_ms) {
    return refusal(check_cavage_coverage(request.view(), request.signature(), own_host, now_ms));
}

std::string verified(const Request& request, const crypto::PublicKey& key) {
    return refusal(verify(request.view(), request.signature(), key));
}

// A valid request of which the signature claims to cover all but one header.
std::string coverage_without(std::string method, std::string_view dropped) {
    const auto request = signed_request(rsa_key(), std::move(method));
    auto signature = request.signature();
    std::erase(signature.headers, dropped);
    return refusal(check_cavage_coverage(request.view(), signature, own_host, noon_ms));
}

// Signs the text by hand, for what sign_request does not make.
CavageSignature sign_text(const crypto::PrivateKey& key, const std::string& text,
                          std::vector<std::string> headers, std::string algorithm = "hs2019") {
    CavageSignature signature;
    signature.key_id = key_id;
    signature.algorithm = std::move(algorithm);
    signature.headers = std::move(headers);
    signature.signature = *key.sign(text);
    return signature;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cavage)

BOOST_AUTO_TEST_CASE(a_signed_post_is_byte_for_byte_what_the_draft_says) {
    auto request = signed_request(rsa_key());
    BOOST_TEST(request["date"] == noon);
    BOOST_TEST(request["digest"] == known_digest);
    BOOST_TEST(request["signature"] ==
               std::string("keyId=\"https://a.example/u/ana#main-key\",algorithm=\"rsa-sha256\","
                           "headers=\"(request-target) host date digest content-type\","
                           "signature=\"") +
                   known_signature + '"');
    BOOST_TEST(coverage(request) == "");
    BOOST_TEST(verified(request, rsa_key().public_key()) == "");
}

BOOST_AUTO_TEST_CASE(a_signed_get_has_no_digest) {
    auto request = signed_request(rsa_key(), "GET", "/u/bo");
    BOOST_TEST(!header_value(request.view(), "digest"));
    BOOST_TEST(coverage(request) == "");
    BOOST_TEST(verified(request, rsa_key().public_key()) == "");
}

BOOST_AUTO_TEST_CASE(every_part_that_is_signed_is_bound) {
    const auto key = rsa_key();
    const auto good = signed_request(key);
    for (auto name : {"host", "date", "digest", "content-type"}) {
        auto changed = good;
        changed[name] += "x";
        BOOST_TEST(
            verified(changed, key.public_key()) == "the signature does not match the request",
            name);
        auto missing = good;
        missing.drop(name);
        BOOST_TEST(verified(missing, key.public_key()) ==
                   "the signed header " + std::string(name) + " is missing");
    }
    auto elsewhere = good;
    elsewhere.target = "/c/garden/inbox";
    BOOST_TEST(verified(elsewhere, key.public_key()) != "");
    auto verb = good;
    verb.method = "PUT";
    BOOST_TEST(verified(verb, key.public_key()) != "");
    BOOST_TEST(verified(good, crypto::PrivateKey::generate_ed25519()->public_key()) != "");
    BOOST_TEST(verified(good, crypto::PrivateKey::generate_rsa()->public_key()) != "");
}

BOOST_AUTO_TEST_CASE(a_post_must_cover_target_host_date_and_digest) {
    for (auto name : {"(request-target)", "host", "digest"})
        BOOST_TEST(coverage_without("POST", name) ==
                   "the signature does not cover " + std::string(name));
    BOOST_TEST(coverage_without("POST", "date") ==
               "the signature covers neither date nor (created)");
    BOOST_TEST(coverage_without("POST", "content-type") == "");
}

BOOST_AUTO_TEST_CASE(a_get_must_cover_target_host_and_date) {
    for (auto name : {"(request-target)", "host", "date"})
        BOOST_TEST(coverage_without("GET", name) != "", name);
}

BOOST_AUTO_TEST_CASE(a_date_counts_for_one_hour_each_way) {
    const auto request = signed_request(rsa_key());
    constexpr auto window = limits::signature_window_ms;
    BOOST_TEST(coverage(request, noon_ms + window) == "");
    BOOST_TEST(coverage(request, noon_ms - window) == "");
    BOOST_TEST(coverage(request, noon_ms + window + 1) == "Date is more than an hour ago");
    BOOST_TEST(coverage(request, noon_ms - window - 1) == "Date is more than an hour ahead");
}

BOOST_AUTO_TEST_CASE(a_date_that_is_none_is_refused) {
    for (auto date : {"", "yesterday", "2026-01-05T12:00:00Z", "1767614400"}) {
        auto request = signed_request(rsa_key());
        request["date"] = date;
        BOOST_TEST(coverage(request) == "the Date header is missing or not an HTTP date", date);
    }
}

BOOST_AUTO_TEST_CASE(created_stands_for_date_with_hs2019) {
    const auto key = rsa_key();
    Request request{"GET", "/u/bo", {{"Host", "kith.example"}}};
    auto signature =
        sign_text(key, "(request-target): get /u/bo\nhost: kith.example\n(created): 1767614400",
                  {"(request-target)", "host", "(created)"});
    signature.created_s = noon_ms / 1000;
    auto check = [&](TimeMs now_ms) {
        return refusal(check_cavage_coverage(request.view(), signature, own_host, now_ms));
    };
    BOOST_TEST(check(noon_ms) == "");
    BOOST_TEST(refusal(verify(request.view(), signature, key.public_key())) == "");
    BOOST_TEST(check(noon_ms + hour_ms + 1) == "created is more than an hour ago");
    BOOST_TEST(check(noon_ms - hour_ms - 1) == "created is more than an hour ahead");

    signature.expires_s = noon_ms / 1000 + 60;
    BOOST_TEST(check(noon_ms + minute_ms) == "");
    BOOST_TEST(check(noon_ms + minute_ms + 1) == "the signature has expired");

    auto moved = signature;
    moved.created_s = noon_ms / 1000 + 1;
    BOOST_TEST(refusal(verify(request.view(), moved, key.public_key())) != "");

    signature.algorithm = "rsa-sha256";
    BOOST_TEST(refusal(verify(request.view(), signature, key.public_key())) ==
               "(created) cannot be signed with rsa-sha256");
    signature.created_s.reset();
    BOOST_TEST(check(noon_ms) == "created has no value");
}

BOOST_AUTO_TEST_CASE(a_request_for_another_node_is_not_taken) {
    const auto request = signed_request(rsa_key());
    auto at = [&](std::string_view host) {
        return refusal(check_cavage_coverage(request.view(), request.signature(), host, noon_ms));
    };
    BOOST_TEST(at("KITH.example") == "");
    BOOST_TEST(at("kith.example:443") == "");
    BOOST_TEST(at("kith.example:8443") == "the request was signed for another host");
    BOOST_TEST(at("other.example") == "the request was signed for another host");
    BOOST_TEST(at("example") != "");
}

BOOST_AUTO_TEST_CASE(headers_that_occur_twice_are_refused) {
    for (auto name : {"Signature", "Digest", "Host", "Date", "Content-Length"}) {
        auto request = signed_request(rsa_key());
        const auto signature = request.signature();
        const auto value = request[name];
        request.headers.emplace_back(name, value);
        const auto expected = "the header " + text::to_lower_ascii(name) + " occurs more than once";
        BOOST_TEST(refusal(check_cavage_coverage(request.view(), signature, own_host, noon_ms)) ==
                   expected);
        BOOST_TEST(refusal(verify(request.view(), signature, rsa_key().public_key())) == expected);
    }
}

BOOST_AUTO_TEST_CASE(other_headers_may_occur_twice_and_are_joined) {
    const auto key = rsa_key();
    Request request{"GET", "/", {{"Accept", " a "}, {"Host", "kith.example"}, {"accept", "b"}}};
    const auto signature = sign_text(key, "accept: a, b", {"accept"});
    BOOST_TEST(refusal(verify(request.view(), signature, key.public_key())) == "");
}

BOOST_AUTO_TEST_CASE(a_get_may_be_signed_with_or_without_its_query) {
    const auto key = rsa_key();
    auto with = signed_request(key, "GET", "/u/bo/outbox?page=2");
    BOOST_TEST(verified(with, key.public_key()) == "");
    auto without = signed_request(key, "GET", "/u/bo/outbox");
    without.target = "/u/bo/outbox?page=2";
    BOOST_TEST(verified(without, key.public_key()) == "");
    with.target = "/u/bo/outbox?page=3";
    BOOST_TEST(verified(with, key.public_key()) != "");

    auto post = signed_request(key, "POST", "/inbox");
    post.target = "/inbox?shared=1";
    BOOST_TEST(verified(post, key.public_key()) != "");
}

BOOST_AUTO_TEST_CASE(the_algorithm_must_be_known_and_fit_the_key) {
    const auto rsa = rsa_key();
    const auto ed25519 = *crypto::PrivateKey::generate_ed25519();
    Request request{"GET", "/", {{"Host", "kith.example"}}};
    auto accepted = [&](const crypto::PrivateKey& key, std::string algorithm) {
        const auto signature = sign_text(key, "host: kith.example", {"host"}, std::move(algorithm));
        return refusal(verify(request.view(), signature, key.public_key())).empty();
    };
    for (auto name : {"", "hs2019", "rsa-sha256", "RSA-SHA256"})
        BOOST_TEST(accepted(rsa, name), name);
    for (auto name : {"ed25519", "rsa-sha1", "rsa-sha512", "hmac-sha256", "none"})
        BOOST_TEST(!accepted(rsa, name), name);
    for (auto name : {"", "hs2019", "ed25519"}) BOOST_TEST(accepted(ed25519, name), name);
    BOOST_TEST(!accepted(ed25519, "rsa-sha256"));
}

BOOST_AUTO_TEST_CASE(an_ed25519_actor_can_sign_too) {
    const auto key = *crypto::PrivateKey::generate_ed25519();
    const auto request = signed_request(key);
    BOOST_TEST(request.signature().algorithm == "ed25519");
    BOOST_TEST(coverage(request) == "");
    BOOST_TEST(verified(request, key.public_key()) == "");
}

BOOST_AUTO_TEST_CASE(what_could_break_out_of_a_header_is_not_signed) {
    const auto key = rsa_key();
    const OutgoingRequest good{"GET", own_host, "/", {}, {}, noon_ms};
    BOOST_TEST(sign_request(good, key_id, key).has_value());
    auto split = good;
    split.target = "/\r\nX: y";
    BOOST_TEST(!sign_request(split, key_id, key));
    split = good;
    split.host = "a\nb";
    BOOST_TEST(!sign_request(split, key_id, key));
    BOOST_TEST(!sign_request(good, "k\",headers=\"date", key));
    BOOST_TEST(!sign_request(good, "", key));
}

BOOST_AUTO_TEST_SUITE_END()
