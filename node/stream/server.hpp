#pragma once
#include "node/http/authenticator.hpp"
#include "node/stream/message.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kith::stream {

// What the sockets ask about who comes: whose token it is (nothing where it is no good), whether its scopes include
// one, and whether a list is theirs.
struct Gate {
    std::function<std::optional<http::Caller>(std::string_view token)> who_holds;
    std::function<bool(const http::Caller&, std::string_view scope)> covers;
    std::function<bool(const http::Caller&, Id list)> owns_list;
};

class Loop;

// The sockets of those who listen: WebSockets (RFC 6455) and event streams (HTML: server-sent events),
// on one thread of its own. The front gives it connections whose request it has read.
class Server final : public Outlet {
public:
    Server(Listeners&, Gate);
    ~Server() override;

    void start();
    void stop();

    // An open socket with the request's head as it came, and what came after it. Owned from now on;
    // any thread.
    void take(int descriptor, std::string head, std::string rest);

    void send(std::vector<SessionId> to, SharedMessage) override;
    void cut_off(std::vector<SessionId>) override;

private:
    std::unique_ptr<Loop> loop_;
};

}  // namespace kith::stream
