#include "federation/inbox/work.hpp"

#include <algorithm>
#include <iterator>

#include "base/core/stop_point.hpp"
#include "config/limits/inbox.hpp"

namespace kith::inbox {

std::optional<Setback> prepare(ActivitySink& sink, Work& work, Fetcher& fetcher) {
    const auto inbound = work.inbound();
    if (auto allowed = sink.authorize(inbound); !allowed)
        return Setback{Phase::authorized, std::move(allowed).error()};
    stop_point("inbox.authorized");
    auto plan = sink.resolve(inbound, fetcher);
    if (!plan) return Setback{Phase::resolved, std::move(plan).error()};
    work.plan = std::move(*plan);
    stop_point("inbox.resolved");
    return std::nullopt;
}

Fate fate_of(const Work& work, const Setback& setback, TimeMs now_ms) {
    const auto code = setback.error.code;
    const bool may_pass =
        code == Code::unavailable || code == Code::timeout || code == Code::rate_limited;
    if (may_pass && setback.phase != Phase::resolved)
        return Retry{now_ms + limits::inbox_outage_delay_ms};
    if (may_pass) {
        constexpr auto last = std::size(limits::inbox_retry_delays_ms) - 1;
        const auto at = now_ms + limits::inbox_retry_delays_ms[std::min<std::size_t>(
                                     std::size_t(work.row.attempts), last)];
        if (at > work.row.received_at + limits::inbox_retry_for_ms) return Refuse{};
        return Postpone{at};
    }
    const bool raced = code == Code::conflict && setback.phase == Phase::applied;
    if (raced && work.conflicts < limits::inbox_conflicts_max)
        return Retry{now_ms + limits::inbox_conflict_delay_ms};
    return Refuse{};
}

}  // namespace kith::inbox
