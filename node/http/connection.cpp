#include "node/http/connection.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace kith::http {

bool send_pending(Connection& c) {
    while (c.out_sent < c.out.size()) {
        const auto n = ::send(c.descriptor, c.out.data() + c.out_sent, c.out.size() - c.out_sent,
                              MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
        c.out_sent += std::size_t(n);
    }
    c.out.clear();
    c.out_sent = 0;
    return true;
}

}  // namespace kith::http
