#pragma once
#include "base/core/clock.hpp"
#include "config/address.hpp"
#include "node/http/connection.hpp"
#include "node/http/stats.hpp"

#include <memory>
#include <span>

namespace kith::http {

// httplib as unpacker of bodies and writer of answers. Each worker thread has its own, so handlers
// share nothing; none ever opens a socket. All are built on one thread: compiling a std::regex, which
// httplib does, writes to a cache in the shared locale.
class HttplibAdapter {
public:
    // What is referred to outlives the adapter.
    struct Surroundings {
        const Limits& limits;
        const Clock& clock;   // of the Date header
        std::span<const Network> trusted_proxies;
        FrontStats& stats;
    };

    explicit HttplibAdapter(const Surroundings&);
    HttplibAdapter(const HttplibAdapter&) = delete;
    HttplibAdapter& operator=(const HttplibAdapter&) = delete;
    ~HttplibAdapter();

    // Runs the request that connection.head describes through connection.router; the answer is in
    // connection.out or sent. Sets connection.close_after. Never throws.
    void serve(Connection&, bool must_close);

private:
    class Server;
    std::unique_ptr<Server> server_;
};

}  // namespace kith::http
