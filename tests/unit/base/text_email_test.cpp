#include "base/text/email.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using kith::text::is_email_address;

BOOST_AUTO_TEST_SUITE(text_email)

BOOST_AUTO_TEST_CASE(plain_addresses_are_addresses) {
    for (const auto* good : {"ann@example.org", "a@b.co", "ann.b+c@sub.example.org",
                             "o'neil_x-1@xn--bcher-kva.example", "ANN@EXAMPLE.ORG", "1@2.example"})
        BOOST_TEST(is_email_address(good), good);
    BOOST_TEST(is_email_address(std::string(64, 'a') + "@example.org"));
}

BOOST_AUTO_TEST_CASE(what_is_not_plainly_one_is_none) {
    for (const auto* bad : {"",
                            "@",
                            "ann",
                            "ann@",
                            "@example.org",
                            "ann@example",
                            "ann@@example.org",
                            "a@b@example.org",
                            ".ann@example.org",
                            "ann.@example.org",
                            "a..n@example.org",
                            "ann@.example.org",
                            "ann@example..org",
                            "ann@example.org.",
                            "ann@-a.org",
                            "ann@a-.org",
                            "ann@exa_mple.org",
                            "ann @example.org",
                            "ann@example.org\n",
                            "<ann@example.org>",
                            "\"ann\"@example.org",
                            "ann(x)@example.org",
                            "ann@[127.0.0.1]",
                            "ann%bob@example.org",
                            "host!ann@example.org",
                            "ann@ex\xc3\xa4mple.org",
                            "\xc3\xa4nn@example.org"})
        BOOST_TEST(!is_email_address(bad), bad);
    BOOST_TEST(!is_email_address(std::string("ann\0@example.org", 16)));
    BOOST_TEST(!is_email_address(std::string(65, 'a') + "@example.org"));
    BOOST_TEST(!is_email_address("a@" + std::string(64, 'b') + ".org"));
    BOOST_TEST(!is_email_address("a@" + std::string(250, 'b') + ".org"));
}

BOOST_AUTO_TEST_SUITE_END()
