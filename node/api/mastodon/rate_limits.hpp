#pragma once
#include "base/core/clock.hpp"
#include "base/core/lru_map.hpp"
#include "node/http/exchange.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace kith::mastodon {

// Counts what comes in windows of fixed length, one for each key. Thread-safe.
class WindowCounter {
public:
    WindowCounter(const Clock& clock, std::size_t keys_max) : clock_(clock), windows_(keys_max) {}

    struct Window {
        int count = 0;        // with this one
        TimeMs ends_at = 0;
    };
    Window count(const std::string& key, TimeMs length);

private:
    const Clock& clock_;
    std::mutex mutex_;
    LruMap<Window> windows_;
};

// A filter for Router::before: 429 for who asks too often, and X-RateLimit-Limit, -Remaining and -Reset
// (ISO 8601) on every answer (Mastodon: api/rate-limits).
std::function<bool(http::Exchange&)> limit_requests(const Clock&);

}  // namespace kith::mastodon
