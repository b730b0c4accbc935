#include "federation/client/transport.hpp"

#include <future>
#include <memory>

namespace kith::client {

Outcome fetch(Transport& transport, Request request) {
    // Shared, because the callback may still be returning when the waiter has the answer.
    auto answer = std::make_shared<std::promise<Outcome>>();
    auto arrived = answer->get_future();
    transport.send(std::move(request),
                   [answer](Outcome outcome) { answer->set_value(std::move(outcome)); });
    return arrived.get();
}

}  // namespace kith::client
