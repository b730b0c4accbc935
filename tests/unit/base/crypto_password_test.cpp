#include "base/crypto/password.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace kith;
using namespace kith::crypto;

BOOST_AUTO_TEST_SUITE(crypto_password)

BOOST_AUTO_TEST_CASE(a_password_belongs_to_its_hash_only) {
    SeededRandom random(1);
    auto stored = password_hash("correct horse", random);
    BOOST_REQUIRE(stored);
    BOOST_TEST(stored->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    BOOST_TEST(password_verify("correct horse", *stored));
    BOOST_TEST(!password_verify("correct horsE", *stored));
    BOOST_TEST(!password_verify("", *stored));
    BOOST_TEST(!password_needs_rehash(*stored));
}

BOOST_AUTO_TEST_CASE(equal_passwords_have_different_hashes) {
    SeededRandom random(1);
    BOOST_TEST(*password_hash("same", random) != *password_hash("same", random));
}

BOOST_AUTO_TEST_CASE(hashes_with_older_parameters_verify_and_ask_for_a_new_one) {
    // made with t=1, m=1024 KiB
    const std::string old =
        "$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
        "DwEOzrP7rVFxZJ+/pnA0vq4CkT8qFjFN7XFAYfMAUf0";
    BOOST_TEST(password_verify("kith", old));
    BOOST_TEST(!password_verify("Kith", old));
    BOOST_TEST(password_needs_rehash(old));
}

BOOST_AUTO_TEST_CASE(what_is_no_hash_verifies_nothing) {
    for (auto text : {"", "!", "$argon2id$", "$argon2i$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$AAAA",
                      "$2b$12$abcdefghijklmnopqrstuv"}) {
        BOOST_TEST(!password_verify("", text), text);
        BOOST_TEST(password_needs_rehash(text), text);
    }
}

BOOST_AUTO_TEST_CASE(endless_passwords_are_refused_before_hashing) {
    SeededRandom random(1);
    auto refused = password_hash(std::string(1'025, 'x'), random);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().code == Code::unprocessable));
}

BOOST_AUTO_TEST_SUITE_END()
