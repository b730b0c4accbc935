#include "node/api/oauth/sign_in_throttle.hpp"

#include "config/limits/oauth.hpp"

#include <algorithm>

namespace kith::oauth {

bool SignInThrottle::allows(std::string_view key) {
    std::lock_guard lock(mutex_);
    auto found = windows_.find(key);
    if (found == windows_.end()) return true;
    return found->second.failures < limits::sign_in_attempts_max ||
           clock_.now_ms() - found->second.begins >= limits::sign_in_window_ms;
}

void SignInThrottle::failed(std::string_view key) {
    std::lock_guard lock(mutex_);
    const auto now = clock_.now_ms();
    if (windows_.size() >= limits::sign_in_tracked_max) forget_old(now);
    auto& window = windows_[std::string(key)];
    if (now - window.begins >= limits::sign_in_window_ms) window = {.begins = now, .failures = 0};
    ++window.failures;
}

void SignInThrottle::succeeded(std::string_view key) {
    std::lock_guard lock(mutex_);
    if (auto found = windows_.find(key); found != windows_.end()) windows_.erase(found);
}

void SignInThrottle::forget_old(TimeMs now) {
    std::erase_if(windows_, [now](const auto& entry) {
        return now - entry.second.begins >= limits::sign_in_window_ms;
    });
    while (windows_.size() >= limits::sign_in_tracked_max)
        windows_.erase(std::min_element(
            windows_.begin(), windows_.end(),
            [](const auto& a, const auto& b) { return a.second.begins < b.second.begins; }));
}

}  // namespace kith::oauth
