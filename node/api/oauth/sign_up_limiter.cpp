#include "node/api/oauth/sign_up_limiter.hpp"

#include "config/limits/sign_up.hpp"

namespace kith::oauth {

namespace {

std::shared_ptr<RateLimiter> limiter_of(const Clock& clock, double most) {
    return std::make_shared<RateLimiter>(
        clock, RateLimiter::Rate{.burst = most, .per_second = most * 1000.0 / double(limits::sign_up_window_ms)},
        limits::sign_up_addresses_tracked_max);
}

}  // namespace

std::shared_ptr<RateLimiter> sign_up_limiter(const Clock& clock) { return limiter_of(clock, limits::sign_ups_per_address_max); }

std::shared_ptr<RateLimiter> letter_limiter(const Clock& clock) { return limiter_of(clock, limits::account_mails_per_address_max); }

}  // namespace kith::oauth
