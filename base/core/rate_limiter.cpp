#include "base/core/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace kith {

RateLimiter::Bucket& RateLimiter::filled(std::string_view key) {
    const auto now = clock_.now_ms();
    auto* held = buckets_.find(key);
    if (!held) return buckets_.put(key, {rate_.burst, now});
    const auto passed_ms = std::max<TimeMs>(0, now - held->at);  // the clock may step back
    held->tokens =
        std::min(rate_.burst, held->tokens + double(passed_ms) * rate_.per_second / 1'000);
    held->at = now;
    return *held;
}

TimeMs RateLimiter::take(std::string_view key) {
    std::lock_guard lock(mutex_);
    auto& bucket = filled(key);
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
    }
    return std::max<TimeMs>(1, TimeMs(std::ceil((1 - bucket.tokens) * 1'000 / rate_.per_second)));
}

bool RateLimiter::has_room(std::string_view key) {
    std::lock_guard lock(mutex_);
    return filled(key).tokens >= 1;
}

}  // namespace kith
