#include "base/crypto/encoding.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

#include "base/core/random.hpp"
#include "base/crypto/base32.hpp"
#include "base/crypto/digest.hpp"

using namespace kith::crypto;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(crypto_encoding)

BOOST_AUTO_TEST_CASE(base64_follows_rfc_4648) {
    BOOST_TEST(base64_encode("") == "");
    BOOST_TEST(base64_encode("f") == "Zg==");
    BOOST_TEST(base64_encode("fo") == "Zm8=");
    BOOST_TEST(base64_encode("foobar") == "Zm9vYmFy");
    BOOST_TEST(base64_encode("\xfb\xff") == "+/8=");
    BOOST_TEST(base64url_encode("\xfb\xff") == "-_8");
    BOOST_TEST(base64url_encode("f") == "Zg");
}

BOOST_AUTO_TEST_CASE(base32_follows_rfc_4648_without_padding) {
    const char* expected[] = {"", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"};
    for (std::size_t length = 0; length <= 6; ++length)
        BOOST_TEST(base32_encode(std::string_view("foobar").substr(0, length)) == expected[length]);
    BOOST_TEST(base32_encode("\xff\xff\xff\xff\xff") == "77777777");
}

BOOST_AUTO_TEST_CASE(base64_decoding_refuses_every_second_spelling) {
    for (auto text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zg==\n",
                      " Zg==", "Z=g=", "====", "Zm9v=", "Zm8_", "=", "Zm8=Zm8="})
        BOOST_TEST(!base64_decode(text), text);
    for (auto text : {"Zg==", "Zh", "Z", "Zm9vY", "+/8", "Zg\n"})
        BOOST_TEST(!base64url_decode(text), text);
}

BOOST_AUTO_TEST_CASE(encodings_return_the_bytes_that_went_in) {
    kith::SeededRandom random(7);
    for (std::size_t length = 0; length < 70; ++length) {
        std::string bytes(length, '\0');
        random.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
        if (length > 3) bytes[0] = bytes[1] = '\0';
        BOOST_TEST((base64_decode(base64_encode(bytes)) == bytes));
        BOOST_TEST((base64url_decode(base64url_encode(bytes)) == bytes));
        BOOST_TEST((base58_decode(base58_encode(bytes)) == bytes));
    }
}

BOOST_AUTO_TEST_CASE(base58_follows_the_bitcoin_alphabet) {
    BOOST_TEST(base58_encode("Hello World!") == "2NEpo7TZRRrLZSi2U");
    BOOST_TEST(base58_encode("\0\0\x28\x7f\xb4\xcd"s) == "11233QC4");
    BOOST_TEST((base58_decode("11233QC4") == "\0\0\x28\x7f\xb4\xcd"s));
    for (auto text : {"0", "O", "I", "l", "a b"}) BOOST_TEST(!base58_decode(text), text);
    BOOST_TEST(!base58_decode(std::string(1'537, 'z')));
}

BOOST_AUTO_TEST_CASE(hex_is_lower_case) { BOOST_TEST(hex_encode("\x00\xaf\x10"s) == "00af10"); }

BOOST_AUTO_TEST_CASE(digests_follow_their_published_vectors) {
    BOOST_TEST(hex_encode(sha256("abc")) ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(hex_encode(sha256("")) ==
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // RFC 4231, test case 2
    BOOST_TEST(hex_encode(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // RFC 2202, test case 2
    BOOST_TEST(hex_encode(hmac_sha1("Jefe", "what do ya want for nothing?")) ==
               "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    BOOST_TEST(hash_secret("abc") == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
}

BOOST_AUTO_TEST_CASE(constant_time_equal_compares_length_and_bytes) {
    BOOST_TEST(constant_time_equal("", ""));
    BOOST_TEST(constant_time_equal("secret", "secret"));
    BOOST_TEST(!constant_time_equal("secret", "secreT"));
    BOOST_TEST(!constant_time_equal("secret", "secret "));
}

BOOST_AUTO_TEST_SUITE_END()
