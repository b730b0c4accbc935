#pragma once
#include "node/http/connection.hpp"

#include <httplib.h>

#include <string>

namespace kith::http {

// What httplib reads and writes: the canonical head and the collected body, never the socket; the
// answer gathers in memory so that one send() carries it.
class ConnectionStream final : public httplib::Stream {
public:
    ConnectionStream(Connection&, const Limits&);

    ssize_t read(char* to, size_t size) override;
    ssize_t write(const char* data, size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    // httplib must not touch it; without CPPHTTPLIB_USE_POLL it answers 500 from descriptor 1024 on.
    socket_t socket() const override { return INVALID_SOCKET; }

    // No `override`: 0.11-0.18 declare the first two (is_readable stays), 0.19 and later the others.
    bool is_readable() const { return true; }
    bool is_writable() const { return !broken_; }
    bool wait_readable() const { return true; }
    bool wait_writable() const { return !broken_; }
    time_t duration() const { return 0; }

private:
    bool make_room();
    std::size_t send_with_head(const char* data, std::size_t size);

    Connection& connection_;
    const Limits& limits_;
    const std::string head_;
    std::size_t head_used_ = 0;
    std::uint64_t body_used_ = 0;
    bool broken_ = false;
};

}  // namespace kith::http
