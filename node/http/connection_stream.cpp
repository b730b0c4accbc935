#include "node/http/connection_stream.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace kith::http {

namespace {

constexpr std::size_t uncopied_bytes_min = 16 * 1024;

bool wait_for_room(int descriptor, TimeMs until) {
    for (;;) {
        const auto left = until - steady_ms();
        if (left <= 0) return false;
        pollfd p{descriptor, POLLOUT, 0};
        const int n = ::poll(&p, 1, int(left));
        if (n > 0) return true;
        if (n < 0 && errno != EINTR) return false;
    }
}

}  // namespace

ConnectionStream::ConnectionStream(Connection& c, const Limits& limits)
    : connection_(c), limits_(limits), head_(canonical_head(c.head, c.body.size())) {}

ssize_t ConnectionStream::read(char* to, size_t size) {
    if (head_used_ == head_.size()) {
        const auto n = connection_.body.read_at(body_used_, to, size);
        if (n > 0) body_used_ += std::uint64_t(n);
        return n;
    }
    const auto n = std::min(size, head_.size() - head_used_);
    std::memcpy(to, head_.data() + head_used_, n);
    head_used_ += n;
    return ssize_t(n);
}

ssize_t ConnectionStream::write(const char* data, size_t size) {
    if (broken_ || !make_room()) return broken_ = true, -1;
    const bool whole_head_waits = connection_.out_sent == 0;
    const auto sent = size >= uncopied_bytes_min && whole_head_waits ? send_with_head(data, size) : 0;
    connection_.out.append(data + sent, size - sent);
    return ssize_t(size);
}

// Only a streamed answer gets here with much unsent: its worker waits for the client then.
bool ConnectionStream::make_room() {
    const auto until = steady_ms() + limits_.transfer_grace_ms;
    while (connection_.out.size() - connection_.out_sent > limits_.out_buffer_bytes_max) {
        if (!send_pending(connection_)) return false;
        if (!connection_.out.empty() && !wait_for_room(connection_.descriptor, until)) return false;
    }
    return true;
}

// Head and body in one call, without a copy. Returns how much of the body went; an error shows at
// the next send.
std::size_t ConnectionStream::send_with_head(const char* data, std::size_t size) {
    auto& out = connection_.out;
    iovec parts[] = {{out.data(), out.size()}, {const_cast<char*>(data), size}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    const auto n = ::sendmsg(connection_.descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) return 0;
    if (std::size_t(n) < out.size()) {
        connection_.out_sent = std::size_t(n);
        return 0;
    }
    const auto sent = std::size_t(n) - out.size();
    out.clear();
    return sent;
}

void ConnectionStream::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip = connection_.peer.address.text();
    port = connection_.peer.port;
}

void ConnectionStream::get_local_ip_and_port(std::string& ip, int& port) const {
    ip = connection_.peer.local_address.text();
    port = connection_.peer.local_port;
}

}  // namespace kith::http
