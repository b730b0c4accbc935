#pragma once
#include "config/address.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr_storage;

namespace kith::http {

// The two ends of a connection.
struct Peer {
    IpAddress address, local_address;
    std::uint16_t port = 0, local_port = 0;
};

// Address and port of a socket's end; IPv4 in its mapped form.
void read_socket_address(const sockaddr_storage&, IpAddress& address, std::uint16_t& port);

bool contains(std::span<const Network>, const IpAddress&);
std::vector<Network> loopback_networks();

// What limits count by: an IPv4 address, or the /64 that one household has in IPv6.
std::string limit_key(const IpAddress&);

// Who asks. X-Forwarded-For is believed only as far as trusted proxies wrote it: read from the right,
// the first address that is not a trusted proxy's is the client's; what stands left of it is hearsay.
IpAddress client_address(const IpAddress& peer, std::string_view forwarded_for,
                         std::span<const Network> trusted_proxies);

}  // namespace kith::http
