#pragma once
#include <string_view>

#include "base/core/clock.hpp"
#include "base/core/result.hpp"

namespace kith::signature {

// Whether a signed time lies within limits::signature_window_ms of now; `name` is for the refusal.
// Code::unauthorized.
Result<> check_near_now(TimeMs then_ms, TimeMs now_ms, std::string_view name);

}  // namespace kith::signature
