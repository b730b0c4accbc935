#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t jobs_poll_ms = 1'000;
inline constexpr std::int64_t job_lease_ms = 10 * 60 * 1000;
inline constexpr std::int64_t job_retry_ms_max = 6LL * 3600 * 1000;

}  // namespace kith::limits
