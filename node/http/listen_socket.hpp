#pragma once
#include "base/core/result.hpp"

#include <cstdint>
#include <string>

namespace kith::http {

struct ListenSocket {
    int descriptor;        // the caller closes it
    std::uint16_t port;    // the one that was bound
};

// A listening, non-blocking TCP socket on an address literal; "::" takes IPv4 clients too. Port 0
// lets the system choose. Code::invalid where `address` is no literal, Code::unavailable with the
// system's reason otherwise.
Result<ListenSocket> open_listen_socket(const std::string& address, std::uint16_t port);

// As many open files as the process may have: each connection is one.
void raise_open_files_limit();

}  // namespace kith::http
