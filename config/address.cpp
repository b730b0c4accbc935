#include "config/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace kith {

namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int v4_prefix_bits = 96;

std::optional<int> parse_number(std::string_view text, int max) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || text.front() == '-' || value > max) return std::nullopt;
    return value;
}

bool bit(const IpAddress& address, int index) {
    return (address.bytes[std::size_t(index / 8)] >> (7 - index % 8)) & 1;
}

}  // namespace

bool IpAddress::is_v4() const {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

std::string IpAddress::text() const {
    char buffer[INET6_ADDRSTRLEN] = {};
    if (is_v4())
        inet_ntop(AF_INET, bytes.data() + v4_prefix.size(), buffer, sizeof buffer);
    else
        inet_ntop(AF_INET6, bytes.data(), buffer, sizeof buffer);
    return buffer;
}

std::optional<IpAddress> parse_ip_address(std::string_view text) {
    const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
    if (bracketed) text = text.substr(1, text.size() - 2);
    const std::string copy(text);
    IpAddress out;
    if (!bracketed && inet_pton(AF_INET, copy.c_str(), out.bytes.data() + v4_prefix.size()) == 1) {
        std::copy(v4_prefix.begin(), v4_prefix.end(), out.bytes.begin());
        return out;
    }
    if (inet_pton(AF_INET6, copy.c_str(), out.bytes.data()) == 1) return out;
    return std::nullopt;
}

bool Network::contains(const IpAddress& other) const {
    for (int i = 0; i < prefix_bits; ++i)
        if (bit(address, i) != bit(other, i)) return false;
    return true;
}

std::string Network::text() const {
    const int bits = address.is_v4() ? prefix_bits - v4_prefix_bits : prefix_bits;
    return address.text() + "/" + std::to_string(bits);
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_ip_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    Network out{*address, 128};
    if (slash != std::string_view::npos) {
        const int base = address->is_v4() ? v4_prefix_bits : 0;
        const auto bits = parse_number(text.substr(slash + 1), 128 - base);
        if (!bits) return std::nullopt;
        out.prefix_bits = base + *bits;
    }
    for (int i = out.prefix_bits; i < 128; ++i)
        if (bit(out.address, i)) return std::nullopt;
    return out;
}

std::string ListenAddress::text() const {
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

bool ListenAddress::is_loopback() const {
    static const auto v4_loopback = *parse_network("127.0.0.0/8");
    static const auto v6_loopback = *parse_network("::1/128");
    const auto address = parse_ip_address(host);
    return address && (v4_loopback.contains(*address) || v6_loopback.contains(*address));
}

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const auto port = parse_port(text.substr(colon + 1));
    if (host == "localhost") host = "127.0.0.1";
    const bool bracketed = host.starts_with('[');
    const auto address = parse_ip_address(host);
    // Without brackets the last group of an IPv6 address would be taken for the port.
    if (!port || !address || bracketed == address->is_v4()) return std::nullopt;
    return ListenAddress{address->text(), *port};
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    if (text.empty() || text.size() > 5) return std::nullopt;
    const auto value = parse_number(text, 65'535);
    if (!value) return std::nullopt;
    return std::uint16_t(*value);
}

}  // namespace kith
