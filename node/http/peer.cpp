#include "node/http/peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/text/strings.hpp"
#include "config/limits/http.hpp"

namespace kith::http {

namespace {

constexpr std::size_t v4_offset = 12;    // of the address in its mapped form
constexpr std::size_t household_bytes = 8;

// Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711".
std::optional<IpAddress> parse_hop(std::string_view hop) {
    if (const auto whole = parse_ip_address(hop)) return whole;
    if (const auto with_port = parse_listen_address(hop)) return parse_ip_address(with_port->host);
    return std::nullopt;
}

}  // namespace

void read_socket_address(const sockaddr_storage& from, IpAddress& address, std::uint16_t& port) {
    if (from.ss_family == AF_INET6) {
        sockaddr_in6 in6{};
        std::memcpy(&in6, &from, sizeof in6);
        std::memcpy(address.bytes.data(), &in6.sin6_addr, address.bytes.size());
        port = ntohs(in6.sin6_port);
    } else {
        sockaddr_in in4{};
        std::memcpy(&in4, &from, sizeof in4);
        address.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        std::memcpy(address.bytes.data() + v4_offset, &in4.sin_addr, sizeof in4.sin_addr);
        port = ntohs(in4.sin_port);
    }
}

bool contains(std::span<const Network> networks, const IpAddress& address) {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network& n) { return n.contains(address); });
}

std::vector<Network> loopback_networks() {
    return {*parse_network("127.0.0.0/8"), *parse_network("::1")};
}

std::string limit_key(const IpAddress& address) {
    const auto* bytes = reinterpret_cast<const char*>(address.bytes.data());
    return {bytes, address.is_v4() ? address.bytes.size() : household_bytes};
}

IpAddress client_address(const IpAddress& peer, std::string_view forwarded_for,
                         std::span<const Network> trusted_proxies) {
    IpAddress client = peer;
    for (std::size_t hops = 0; hops < limits::http_forwarded_hops_max; ++hops) {
        if (forwarded_for.empty() || !contains(trusted_proxies, client)) break;
        const auto comma = forwarded_for.rfind(',');
        const bool last = comma == forwarded_for.npos;
        const auto hop = parse_hop(text::trim(forwarded_for.substr(last ? 0 : comma + 1)));
        if (!hop) break;   // the proxy that wrote it is the last whom we know
        client = *hop;
        forwarded_for = last ? std::string_view{} : forwarded_for.substr(0, comma);
    }
    return client;
}

}  // namespace kith::http
