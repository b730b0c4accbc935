#include "federation/client/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace kith::client;

namespace {

bool is_public(const std::string& text) {
    sockaddr_storage storage{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
    if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
    } else {
        BOOST_REQUIRE_MESSAGE(inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1, text);
        v6.sin6_family = AF_INET6;
    }
    return is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

void require_refused(std::initializer_list<const char*> addresses) {
    for (const char* address : addresses) BOOST_TEST(!is_public(address), address);
}

void require_allowed(std::initializer_list<const char*> addresses) {
    for (const char* address : addresses) BOOST_TEST(is_public(address), address);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(address_guard)

BOOST_AUTO_TEST_CASE(first_and_last_address_of_every_ipv4_range_are_refused) {
    require_refused({
        "0.0.0.0",         "0.255.255.255",   "10.0.0.0",        "10.255.255.255",
        "100.64.0.0",      "100.127.255.255", "127.0.0.0",       "127.0.0.1",
        "127.255.255.255", "169.254.0.0",     "169.254.169.254", "169.254.255.255",
        "172.16.0.0",      "172.31.255.255",  "192.0.0.0",       "192.0.0.255",
        "192.0.2.0",       "192.0.2.255",     "192.31.196.0",    "192.31.196.255",
        "192.52.193.0",    "192.52.193.255",  "192.88.99.0",     "192.88.99.255",
        "192.168.0.0",     "192.168.255.255", "192.175.48.0",    "192.175.48.255",
        "198.18.0.0",      "198.19.255.255",  "198.51.100.0",    "198.51.100.255",
        "203.0.113.0",     "203.0.113.255",   "224.0.0.0",       "239.255.255.255",
        "240.0.0.0",       "255.255.255.255",
    });
}

BOOST_AUTO_TEST_CASE(neighbours_of_the_ipv4_ranges_are_allowed) {
    require_allowed({
        "1.0.0.0",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",    "172.15.255.255",
        "172.32.0.0",      "191.255.255.255", "192.0.1.0",       "192.0.1.255",    "192.0.3.0",
        "192.31.195.255",  "192.31.197.0",    "192.52.192.255",  "192.52.194.0",   "192.88.98.255",
        "192.88.100.0",    "192.167.255.255", "192.169.0.0",     "192.175.47.255", "192.175.49.0",
        "198.17.255.255",  "198.20.0.0",      "198.51.99.255",   "198.51.101.0",   "203.0.112.255",
        "203.0.114.0",     "223.255.255.255",
    });
}

BOOST_AUTO_TEST_CASE(ipv6_outside_global_unicast_is_refused) {
    require_refused({
        "::",
        "::1",
        "::7f00:1",
        "::5db8:d822",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::5db8:d822",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "4000::",
        "5f00::1",
        "fc00::",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    });
}

BOOST_AUTO_TEST_CASE(exceptions_inside_global_unicast_are_refused) {
    require_refused({
        "2001::",
        "2001:0:7f00:1::",
        "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::",
        "2002:7f00:1::",
        "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2620:4f:8000::",
        "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
    });
}

BOOST_AUTO_TEST_CASE(neighbours_of_the_ipv6_ranges_are_allowed) {
    require_allowed({
        "2000::",
        "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:200::",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db9::",
        "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2003::",
        "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff",
        "2620:4f:8001::",
        "2606:4700:4700::1111",
        "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    });
}

BOOST_AUTO_TEST_CASE(other_address_families_are_refused) {
    sockaddr_un path{};
    path.sun_family = AF_UNIX;
    BOOST_TEST(!is_public_address(reinterpret_cast<const sockaddr&>(path)));
}

BOOST_AUTO_TEST_CASE(a_guard_that_allows_private_addresses_allows_loopback) {
    sockaddr_in loopback{};
    loopback.sin_family = AF_INET;
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto& address = reinterpret_cast<const sockaddr&>(loopback);
    BOOST_TEST(AddressGuard(PrivateAddresses::allow).allows(address));
    BOOST_TEST(!AddressGuard(PrivateAddresses::refuse).allows(address));
    BOOST_TEST(address_text(address) == "127.0.0.1");
}

BOOST_AUTO_TEST_SUITE_END()
