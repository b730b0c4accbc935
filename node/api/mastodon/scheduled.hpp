#pragma once
#include "base/json/writer.hpp"
#include "node/community/scheduled.hpp"
#include "node/http/params.hpp"

namespace kith::mastodon {

// The time of `scheduled_at`; nothing where it is not given or has passed, which is to post at once.
// Code::unprocessable for what is no time.
Result<std::optional<TimeMs>> scheduled_time(const http::Params&, TimeMs now);

// entities/ScheduledStatus.
void write_scheduled(json::Writer&, const community::Context&, const community::ScheduledView&);

}  // namespace kith::mastodon
