#include "config/address.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;

BOOST_AUTO_TEST_SUITE(config_address)

BOOST_AUTO_TEST_CASE(an_ipv4_address_equals_its_mapped_form) {
    BOOST_TEST((parse_ip_address("192.0.2.1") == parse_ip_address("::ffff:192.0.2.1")));
    BOOST_TEST(parse_ip_address("::ffff:192.0.2.1")->text() == "192.0.2.1");
    BOOST_TEST(parse_ip_address("[2001:DB8::1]")->text() == "2001:db8::1");
}

BOOST_AUTO_TEST_CASE(only_literals_are_addresses) {
    for (const char* text :
         {"", "localhost", "1.2.3", "1.2.3.4.5", "0x7f.0.0.1", "[1.2.3.4]", "::g"})
        BOOST_TEST(!parse_ip_address(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_network_holds_its_own_and_no_other) {
    const auto ten = *parse_network("10.0.0.0/8");
    BOOST_TEST(ten.contains(*parse_ip_address("10.255.0.1")));
    BOOST_TEST(ten.contains(*parse_ip_address("::ffff:10.1.2.3")));
    BOOST_TEST(!ten.contains(*parse_ip_address("11.0.0.1")));
    const auto documentation = *parse_network("2001:db8::/33");
    BOOST_TEST(documentation.contains(*parse_ip_address("2001:db8:7fff::")));
    BOOST_TEST(!documentation.contains(*parse_ip_address("2001:db8:8000::")));
    BOOST_TEST(parse_network("0.0.0.0/0")->contains(*parse_ip_address("203.0.113.9")));
    BOOST_TEST(!parse_network("0.0.0.0/0")->contains(*parse_ip_address("2001:db8::1")));
}

BOOST_AUTO_TEST_CASE(a_network_with_bits_behind_its_prefix_is_refused) {
    BOOST_TEST(!parse_network("10.0.0.1/8").has_value());
    BOOST_TEST(!parse_network("10.0.0.0/33").has_value());
    BOOST_TEST(!parse_network("10.0.0.0/").has_value());
    BOOST_TEST(!parse_network("10.0.0.0/-1").has_value());
    BOOST_TEST(parse_network("10.0.0.1")->text() == "10.0.0.1/32");
}

BOOST_AUTO_TEST_CASE(listen_addresses_are_read_and_shown) {
    BOOST_TEST(parse_listen_address("127.0.0.1:8080")->text() == "127.0.0.1:8080");
    BOOST_TEST(parse_listen_address("[::1]:0")->text() == "[::1]:0");
    BOOST_TEST(parse_listen_address("localhost:80")->text() == "127.0.0.1:80");
    for (const char* text :
         {"", "8080", ":8080", "127.0.0.1", "::1:8080", "127.0.0.1:65536", "127.0.0.1:+1", "a.b:1"})
        BOOST_TEST(!parse_listen_address(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(loopback_is_told_from_the_rest) {
    BOOST_TEST(parse_listen_address("127.8.0.1:1")->is_loopback());
    BOOST_TEST(parse_listen_address("[::1]:1")->is_loopback());
    BOOST_TEST(!parse_listen_address("0.0.0.0:1")->is_loopback());
    BOOST_TEST(!parse_listen_address("[::]:1")->is_loopback());
}

BOOST_AUTO_TEST_SUITE_END()
