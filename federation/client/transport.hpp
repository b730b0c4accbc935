#pragma once
#include "federation/client/request.hpp"

#include <functional>

namespace kith::client {

// The door through which every outgoing request passes (security checklist, line 23). CurlTransport
// is the real one; simulations bring their own.
class Transport {
public:
    using Done = std::function<void(Outcome)>;

    virtual ~Transport() = default;

    // Begins an exchange and returns at once. `done` is called exactly once, on a thread of the
    // transport or within this call; it must not wait for anything. Thread-safe.
    virtual void send(Request, Done done) = 0;
};

// The same, waiting for the answer: at most the request's timeout_ms. Not from within a `done`.
Outcome fetch(Transport&, Request);

}  // namespace kith::client
