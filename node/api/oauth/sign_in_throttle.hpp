#pragma once
#include "base/core/clock.hpp"

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace kith::oauth {

// Counts failed sign-ins by address and by account name, so that passwords cannot be tried out.
// Keeps at most limits::sign_in_tracked_max of them; the oldest window goes first. Thread-safe.
class SignInThrottle {
public:
    explicit SignInThrottle(const Clock& clock) : clock_(clock) {}

    bool allows(std::string_view key);
    void failed(std::string_view key);
    void succeeded(std::string_view key);

private:
    struct Window {
        TimeMs begins = 0;
        int failures = 0;
    };
    void forget_old(TimeMs now);

    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Window, std::less<>> windows_;
};

}  // namespace kith::oauth
