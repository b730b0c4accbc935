#pragma once
#include "base/core/thread.hpp"
#include "base/crypto/p256.hpp"
#include "federation/client/transport.hpp"
#include "node/community/notifications.hpp"
#include "storage/repo/push.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::push {

struct SenderParts {
    community::Context& context;
    client::Transport& transport;
    crypto::P256Key key;  // the node's
    // The client API's word for a kind of notification.
    std::function<std::string_view(model::NotificationKind)> type_of;
};

// Sends what is due to push services, several at once, and tries again what failed. What a service says
// is gone is forgotten. One thread.
class Sender {
public:
    explicit Sender(SenderParts parts) : parts_(std::move(parts)) {}
    ~Sender() { stop(); }

    void start();
    void stop();
    // Something was committed here. Any thread.
    void notify();

private:
    struct Answer {
        repo::DuePush push;
        int status = 0;  // 0: none came
    };

    void run();
    Result<> step();
    Result<> send(const repo::DuePush&);
    Result<std::optional<client::Request>> request_for(const repo::DuePush&);
    Result<client::Request> sealed(const model::PushSubscription&, const community::NotificationView&,
                                   std::string_view language);
    Result<> settle(const Answer&);

    SenderParts parts_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Answer> answers_;
    int under_way_ = 0;
    bool notified_ = false, stopping_ = false;
    Thread thread_;
};

}  // namespace kith::push
