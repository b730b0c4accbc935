#pragma once
#include "node/http/connection.hpp"

#include <cstdint>
#include <mutex>
#include <vector>

namespace kith::http {

// What other threads send to the front: connections that a worker is done with, and tickets of
// parked requests that may go on. Shared, because a ticket may come after the front is gone.
class Mailbox {
public:
    Mailbox();   // descriptor() is -1 where the system has none left
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;
    ~Mailbox();

    int descriptor() const { return descriptor_; }   // readable when there is something
    void wake();                                     // async-signal-safe
    void give_back(Connection&);
    void resume(std::uint64_t ticket);

    struct Mail {
        std::vector<Connection*> returned;
        std::vector<std::uint64_t> resumed;
    };
    Mail take();

private:
    const int descriptor_;
    std::mutex mutex_;
    Mail mail_;
};

}  // namespace kith::http
