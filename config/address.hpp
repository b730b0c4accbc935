#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

// An IPv4 or IPv6 address as 16 bytes; IPv4 is kept in its mapped form (::ffff:a.b.c.d), so that a
// peer seen through a dual-stack socket equals the same peer seen through an IPv4 one.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    bool is_v4() const;
    std::string text() const;
    friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

// "192.0.2.1", "2001:db8::1", with or without brackets; nothing that is not a literal.
std::optional<IpAddress> parse_ip_address(std::string_view);

// A block of addresses. `prefix_bits` counts from the front of the 16 bytes: 96 + n for IPv4.
struct Network {
    IpAddress address;
    int prefix_bits = 128;

    bool contains(const IpAddress&) const;
    std::string text() const;
    friend bool operator==(const Network&, const Network&) = default;
};

// "10.0.0.0/8", "2001:db8::/32", or one address. Bits behind the prefix must be zero: "10.0.0.1/8"
// is nearly always a slip of the pen.
std::optional<Network> parse_network(std::string_view);

// Where to listen. `host` is an address literal without brackets; port 0 lets the system choose.
struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;

    std::string text() const;  // "127.0.0.1:8080", "[::1]:8080"
    bool is_loopback() const;
    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

// "127.0.0.1:8080", "[::]:8080", "localhost:8080"; the port is never left out.
std::optional<ListenAddress> parse_listen_address(std::string_view);

// A decimal port, 0..65535.
std::optional<std::uint16_t> parse_port(std::string_view);

}  // namespace kith
