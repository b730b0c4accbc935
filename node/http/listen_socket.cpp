#include "node/http/listen_socket.hpp"

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/core/log.hpp"
#include "config/address.hpp"
#include "node/http/peer.hpp"

namespace kith::http {

namespace {

constexpr int backlog = 1'024;

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress to_socket_address(const IpAddress& address, std::uint16_t port) {
    SocketAddress out;
    if (address.is_v4()) {
        sockaddr_in in4{};
        in4.sin_family = AF_INET;
        in4.sin_port = htons(port);
        std::memcpy(&in4.sin_addr, address.bytes.data() + 12, sizeof in4.sin_addr);
        std::memcpy(&out.storage, &in4, out.size = sizeof in4);
    } else {
        sockaddr_in6 in6{};
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        std::memcpy(&in6.sin6_addr, address.bytes.data(), sizeof in6.sin6_addr);
        std::memcpy(&out.storage, &in6, out.size = sizeof in6);
    }
    return out;
}

bool bind_and_listen(int descriptor, SocketAddress& to) {
    const int on = 1, off = 0;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (to.storage.ss_family == AF_INET6)
        ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    return ::bind(descriptor, to.get(), to.size) == 0 && ::listen(descriptor, backlog) == 0 &&
           ::getsockname(descriptor, to.get(), &to.size) == 0;
}

}  // namespace

Result<ListenSocket> open_listen_socket(const std::string& address, std::uint16_t port) {
    const auto literal = parse_ip_address(address);
    if (!literal) return fail(Code::invalid, "The listen address is not an IP address", address);
    auto to = to_socket_address(*literal, port);
    const int descriptor =
        ::socket(to.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || !bind_and_listen(descriptor, to)) {
        const std::string reason = std::strerror(errno);
        if (descriptor >= 0) ::close(descriptor);
        return fail(Code::unavailable,
                    "Cannot listen on " + ListenAddress{literal->text(), port}.text() + ": " + reason);
    }
    IpAddress bound;
    ListenSocket out{descriptor, 0};
    read_socket_address(to.storage, bound, out.port);
    return out;
}

void raise_open_files_limit() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == files.rlim_max) return;
    files.rlim_cur = files.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &files) != 0)
        log::warn("http.open_files_limit", {{"reason", std::strerror(errno)}});
}

}  // namespace kith::http
