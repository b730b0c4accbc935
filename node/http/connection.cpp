#include "node/http/connection.hpp"

#include "config/limits/http.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace kith::http {

namespace {

constexpr std::size_t file_block_bytes = 256 << 10;

// False where the socket is full or the peer is gone; `alive` tells which.
bool send_out(Connection& c, bool& alive) {
    while (c.out_sent < c.out.size()) {
        const auto n = ::send(c.descriptor, c.out.data() + c.out_sent, c.out.size() - c.out_sent,
                              MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return alive = errno == EAGAIN || errno == EWOULDBLOCK, false;
        c.out_sent += std::size_t(n);
    }
    c.out.clear();
    c.out_sent = 0;
    return true;
}

// The next block, to `out`. False where the file has become shorter.
bool read_file(Connection& c) {
    c.out.resize(std::size_t(std::min<std::uint64_t>(file_block_bytes, c.file.size)));
    const auto n = ::pread(c.file.file.get(), c.out.data(), c.out.size(), off_t(c.file.offset));
    if (n < 0 && errno == EINTR) return c.out.clear(), true;
    if (n <= 0) return c.out.clear(), false;
    c.out.resize(std::size_t(n));
    c.file.offset += std::uint64_t(n);
    c.file.size -= std::uint64_t(n);
    if (c.file.size == 0) c.file.file.close();
    return true;
}

}  // namespace

bool send_pending(Connection& c) {
    bool alive = true;
    std::uint64_t turn = limits::http_file_turn_bytes;
    while (send_out(c, alive) && c.file.size > 0 && turn > 0) {
        const auto before = c.file.size;
        if (!read_file(c)) return false;
        turn -= std::min(turn, before - c.file.size);
    }
    return alive;
}

}  // namespace kith::http
