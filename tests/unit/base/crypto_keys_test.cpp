#include "base/crypto/keys.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/core/thread.hpp"
#include "base/crypto/encoding.hpp"

using namespace kith;
using namespace kith::crypto;

namespace {

std::string key_file(const std::string& name) {
    std::ifstream in(std::string(KITH_TEST_DATA) + "/keys/" + name, std::ios::binary);
    BOOST_REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

bool parses(std::string_view pem) { return PublicKey::from_pem(pem).has_value(); }

// Made with `openssl dgst -sha256 -sign rsa_private.pem` from the four bytes "kith".
constexpr auto kith_signature =
    "tFqs4aegWEO2Tekwwj6RxAOWpzQhoGDe9OR+fSMPAcKpekyFXfPG4glphYSuXH3PlTI2nvEf0gpYuzXfcPd0Q9Ccpk++/"
    "OHL"
    "T7e/"
    "VzLFJehkvjppzRIj6NwqNgGRV52vmbQMAsb86jyGtTA2xicr73U5pP+YC8XZyULbID6wovJYXEQ69lZxL94or6D+jVJE"
    "+h9n2094bRyJHQhyLb+cuiAbeOYyC6RMT9AHuiKayC9A6em8/NXOeWZuH/Drke9H+OHgto/"
    "GitNOzaWuTIZ91WzSspi2kq/t"
    "6e8+r0i808slFG7ltxTPPiTP3JzLJlzMOBZqwXs2c2lOgje454Fsdw==";

}  // namespace

BOOST_AUTO_TEST_SUITE(crypto_keys)

BOOST_AUTO_TEST_CASE(rsa_signs_byte_for_byte_as_openssl_does) {
    auto key = PrivateKey::from_pem(key_file("rsa_private.pem"));
    BOOST_REQUIRE(key);
    auto signature = key->sign("kith");
    BOOST_REQUIRE(signature);
    BOOST_TEST(base64_encode(*signature) == kith_signature);
    BOOST_TEST((key->type() == KeyType::rsa));
    BOOST_TEST(key->public_key().verify("kith", *signature));
    BOOST_TEST(!key->public_key().verify("kitH", *signature));
    BOOST_TEST(!key->public_key().verify("kith", ""));
    (*signature)[100] ^= 1;
    BOOST_TEST(!key->public_key().verify("kith", *signature));
}

BOOST_AUTO_TEST_CASE(public_keys_are_read_from_both_pem_forms) {
    const auto spki = key_file("rsa_public.pem");
    const auto signature = base64_decode(kith_signature);
    for (auto& pem : {spki, key_file("rsa_public_pkcs1.pem")}) {
        auto key = PublicKey::from_pem(pem);
        BOOST_REQUIRE(key);
        BOOST_TEST(key->verify("kith", *signature));
        BOOST_TEST(key->to_pem() == spki);
    }
}

BOOST_AUTO_TEST_CASE(newlines_in_pem_may_be_odd) {
    const auto spki = key_file("rsa_public.pem");
    for (auto& odd :
         {replaced(spki, "\n", "\r\n"), replaced(spki, "\n", "\\n"), replaced(spki, "\n", "\\r\\n"),
          spki.substr(0, spki.size() - 1), "\n  " + spki + "\n\n", replaced(spki, "\n", "")}) {
        auto key = PublicKey::from_pem(odd);
        BOOST_TEST_CONTEXT(odd) {
            BOOST_REQUIRE(key);
            BOOST_TEST(key->to_pem() == spki);
        }
    }
}

BOOST_AUTO_TEST_CASE(weak_slow_and_foreign_keys_are_refused) {
    for (auto name : {"rsa_1024_public.pem", "rsa_pss_public.pem", "ec_public.pem",
                      "rsa_long_exponent_public.pem", "rsa_private.pem"}) {
        auto key = PublicKey::from_pem(key_file(name));
        BOOST_TEST(!key, name);
        BOOST_TEST((key.error().code == Code::invalid));
    }
    BOOST_TEST(!PrivateKey::from_pem(key_file("rsa_public.pem")));
    BOOST_TEST(!PrivateKey::generate_rsa(1024));
    BOOST_TEST(!PrivateKey::generate_rsa(16384));
}

BOOST_AUTO_TEST_CASE(broken_pem_is_refused) {
    const auto spki = key_file("rsa_public.pem");
    BOOST_TEST(!parses(""));
    BOOST_TEST(!parses("-----BEGIN PUBLIC KEY-----"));
    BOOST_TEST(!parses("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"));
    BOOST_TEST(!parses(spki + spki));
    BOOST_TEST(!parses("junk " + spki));
    BOOST_TEST(!parses(replaced(spki, "END PUBLIC", "END RSA PUBLIC")));
    BOOST_TEST(!parses(replaced(spki, "MIIB", "MIIC")));
    BOOST_TEST(!parses(replaced(spki, "PUBLIC KEY", "CERTIFICATE")));
    BOOST_TEST(!parses(std::string(17 * 1024, ' ') + spki));
    // a byte after the structure
    BOOST_TEST(!parses(replaced(spki, "+wIDAQAB", "+wIDAQABAA==")));
}

BOOST_AUTO_TEST_CASE(ed25519_follows_rfc_8032_and_fep_521a) {
    // RFC 8032 7.1, test 2: the message is the one byte 0x72.
    auto key = PrivateKey::from_pem(
        "-----BEGIN PRIVATE KEY-----\n"
        "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
        "-----END PRIVATE KEY-----\n");
    BOOST_REQUIRE(key);
    BOOST_TEST((key->type() == KeyType::ed25519));
    auto signature = key->sign("\x72");
    BOOST_REQUIRE(signature);
    BOOST_TEST(hex_encode(*signature) ==
               "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
               "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    auto multikey = key->public_key().to_multikey();
    BOOST_TEST(multikey.starts_with("z6Mk"));
    auto read = PublicKey::from_multikey(multikey);
    BOOST_REQUIRE(read);
    BOOST_TEST(read->verify("\x72", *signature));
    BOOST_TEST(!read->verify("\x73", *signature));
    BOOST_TEST(parses(read->to_pem()));

    // RFC 8032 7.1, test 1, as did:key writes it.
    auto known = PublicKey::from_multikey("z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw");
    BOOST_REQUIRE(known);
    BOOST_TEST(known->to_multikey() == "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw");
}

BOOST_AUTO_TEST_CASE(multikeys_of_other_kinds_are_refused) {
    for (auto text : {"", "z", "6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw",
                      "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMs",
                      "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsww", "uedcCdwupdmLXVVq",
                      "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"})
        BOOST_TEST(!PublicKey::from_multikey(text), text);
}

BOOST_AUTO_TEST_CASE(made_keys_survive_being_stored) {
    for (auto key : {PrivateKey::generate_rsa(), PrivateKey::generate_ed25519()}) {
        BOOST_REQUIRE(key);
        auto pem = key->to_pem();
        BOOST_REQUIRE(pem);
        BOOST_TEST(pem->starts_with("-----BEGIN PRIVATE KEY-----\n"));
        auto again = PrivateKey::from_pem(*pem);
        BOOST_REQUIRE(again);
        BOOST_TEST(key->public_key().verify("m", *again->sign("m")));
    }
}

BOOST_AUTO_TEST_CASE(one_key_serves_many_threads) {
    auto key = PrivateKey::from_pem(key_file("rsa_private.pem"));
    BOOST_REQUIRE(key);
    std::atomic<int> wrong = 0;
    {
        std::vector<Thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back("signer", [&wrong, key = *key, i] {
                for (int n = 0; n < 50; ++n) {
                    auto message = std::to_string(i * 1000 + n);
                    auto signature = key.sign(message);
                    if (!signature || !key.public_key().verify(message, *signature) ||
                        key.public_key().verify(message + "x", *signature))
                        ++wrong;
                }
            });
    }
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
