#include "federation/client/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <array>
#include <cstdint>
#include <cstring>

namespace kith::client {
namespace {

struct Range4 {
    std::uint8_t a, b, c;  // the first three bytes; no range here is narrower than /24
    int prefix_bits;
};

constexpr Range4 refused4[] = {
    {0, 0, 0, 8},        // "this network"
    {10, 0, 0, 8},       // private
    {100, 64, 0, 10},    // carrier-grade NAT
    {127, 0, 0, 8},      // loopback
    {169, 254, 0, 16},   // link-local; the metadata service of clouds
    {172, 16, 0, 12},    // private
    {192, 0, 0, 24},     // protocol assignments
    {192, 0, 2, 24},     // documentation
    {192, 31, 196, 24},  // AS112
    {192, 52, 193, 24},  // AMT
    {192, 88, 99, 24},   // 6to4 relay
    {192, 168, 0, 16},   // private
    {192, 175, 48, 24},  // AS112
    {198, 18, 0, 15},    // benchmarks
    {198, 51, 100, 24},  // documentation
    {203, 0, 113, 24},   // documentation
    {224, 0, 0, 4},      // multicast
    {240, 0, 0, 4},      // reserved, broadcast
};

bool is_public4(std::uint32_t address) {
    for (const Range4& range : refused4) {
        const std::uint32_t network = std::uint32_t{range.a} << 24 | std::uint32_t{range.b} << 16 |
                                      std::uint32_t{range.c} << 8;
        const std::uint32_t mask = ~std::uint32_t{0} << (32 - range.prefix_bits);
        if ((address & mask) == network) return false;
    }
    return true;
}

struct Range6 {
    std::array<std::uint16_t, 3> groups;  // no range here is narrower than /48
    int prefix_bits;
};

constexpr Range6 global_unicast6 = {{0x2000, 0, 0}, 3};

constexpr Range6 refused6[] = {
    {{0x2001, 0, 0}, 23},            // protocol assignments, Teredo among them
    {{0x2001, 0x0db8, 0}, 32},       // documentation
    {{0x2002, 0, 0}, 16},            // 6to4: an IPv4 address in disguise
    {{0x2620, 0x004f, 0x8000}, 48},  // AS112
};

constexpr std::uint64_t first_48_bits(const std::array<std::uint16_t, 3>& groups) {
    return std::uint64_t{groups[0]} << 32 | std::uint64_t{groups[1]} << 16 | groups[2];
}

bool within(std::uint64_t first_48, const Range6& range) {
    const int shift = 48 - range.prefix_bits;
    return first_48 >> shift == first_48_bits(range.groups) >> shift;
}

bool is_public6(const in6_addr& address) {
    std::uint64_t first_48 = 0;
    for (int i = 0; i < 6; ++i) first_48 = first_48 << 8 | address.s6_addr[i];
    if (!within(first_48, global_unicast6)) return false;
    for (const Range6& range : refused6) {
        if (within(first_48, range)) return false;
    }
    return true;
}

// Copies out of the generic address, which need not be aligned for the concrete one.
template <class Address>
Address concrete(const sockaddr& generic) {
    Address address;
    std::memcpy(&address, &generic, sizeof address);
    return address;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
    switch (address.sa_family) {
        case AF_INET:
            return is_public4(ntohl(concrete<sockaddr_in>(address).sin_addr.s_addr));
        case AF_INET6:
            return is_public6(concrete<sockaddr_in6>(address).sin6_addr);
        default:
            return false;
    }
}

std::string address_text(const sockaddr& address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address.sa_family == AF_INET) {
        const auto v4 = concrete<sockaddr_in>(address);
        inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
    } else if (address.sa_family == AF_INET6) {
        const auto v6 = concrete<sockaddr_in6>(address);
        inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    }
    return text;
}

}  // namespace kith::client
