#pragma once
#include "base/core/rate_limiter.hpp"

#include <memory>

namespace kith::oauth {

// How often one address may sign up, or have a mail sent: limits::sign_ups_per_address_max within
// limits::sign_up_window_ms.
std::shared_ptr<RateLimiter> sign_up_limiter(const Clock&);
// How often it may be shown a captcha, or have a mail sent once more: limits::account_mails_per_address_max within the same.
std::shared_ptr<RateLimiter> letter_limiter(const Clock&);

}  // namespace kith::oauth
