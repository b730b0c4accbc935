#pragma once
#include "base/core/clock.hpp"
#include "base/core/lru_map.hpp"

#include <mutex>
#include <string_view>

namespace kith {

// Token buckets, one for each key (a host, an address): `burst` at once, then `per_second`. Holds
// at most `keys_max`; a key that was forgotten begins with a full bucket. Thread-safe.
class RateLimiter {
public:
    struct Rate {
        double burst;
        double per_second;
    };

    RateLimiter(const Clock& clock, Rate rate, std::size_t keys_max)
        : clock_(clock), rate_(rate), buckets_(keys_max) {}

    // 0 and one taken, or nothing taken and how many milliseconds until there will be one.
    TimeMs take(std::string_view key);
    // Whether take() would give one now.
    bool has_room(std::string_view key);

private:
    struct Bucket {
        double tokens;
        TimeMs at;
    };
    Bucket& filled(std::string_view key);

    const Clock& clock_;
    const Rate rate_;
    std::mutex mutex_;
    LruMap<Bucket> buckets_;
};

}  // namespace kith
