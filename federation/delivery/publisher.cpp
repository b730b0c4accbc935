#include "federation/delivery/publisher.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/core/log.hpp"
#include "base/core/stop_point.hpp"
#include "config/limits/delivery.hpp"

namespace kith::delivery {

using model::Consumer;
using repo::ClaimedEvent;
using sql::Tx;

Publisher::Publisher(const Context& context, OnQueued queued)
    : context_(context), queued_(std::move(queued)) {}

Result<> Publisher::start() {
    if (context_.db.dialect().engine() == sql::Engine::sqlite)
        TRY(context_.db.write(
            [](Tx& tx) { return repo::release_events(tx, Consumer::publisher); }));
    thread_ = Thread("publisher", [this] { run(); });
    return {};
}

void Publisher::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Publisher::notify() {
    {
        std::lock_guard lock(mutex_);
        notified_ = true;
    }
    changed_.notify_all();
}

void Publisher::run() {
    for (;;) {
        if (auto done = step(); !done)
            log::warn("publisher.failed",
                      {{"error", done.error().safe_text}, {"detail", done.error().detail}});
        std::unique_lock lock(mutex_);
        context_.clock.wait_until(changed_, lock,
                                  context_.clock.now_ms() + limits::publisher_poll_ms,
                                  [this] { return notified_ || stopping_; });
        if (stopping_) return;
        notified_ = false;
    }
}

Result<int> Publisher::step() {
    int done = 0;
    while (TRY(claim())) {
        const auto before = claimed_.size();
        if (auto published = publish(); !published) TRY(set_aside(published.error()));
        done += int(before - claimed_.size());
        std::lock_guard lock(mutex_);
        if (stopping_) break;
    }
    return done;
}

// The oldest open events, unless some are in hand.
Result<bool> Publisher::claim() {
    if (!claimed_.empty()) return true;
    const auto now = context_.clock.now_ms();
    auto events = TRY(context_.db.write([now](Tx& tx) {
        return repo::claim_events(tx, Consumer::publisher, now, now + limits::publisher_lease_ms,
                                  limits::delivery_events_per_write_max);
    }));
    claimed_.assign(std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
    cursor_ = {};
    together_ = claimed_.size();
    if (!claimed_.empty()) stop_point("delivery.claimed");
    return !claimed_.empty();
}

Result<> Publisher::publish() {
    const auto count = std::ptrdiff_t(std::min(together_, claimed_.size()));
    const std::vector<ClaimedEvent> events(claimed_.begin(), claimed_.begin() + count);
    auto progress = TRY(context_.db.write(
        [this, &events, cursor = cursor_](Tx& tx) { return publish_some(tx, events, cursor); }));
    stop_point("delivery.queued");
    claimed_.erase(claimed_.begin(), claimed_.begin() + std::ptrdiff_t(progress.events));
    cursor_ = progress.last.complete ? Cursor{} : progress.last.next;
    if (!progress.hosts.empty() && queued_) queued_(progress.hosts);
    return {};
}

Result<Publisher::Progress> Publisher::publish_some(Tx& tx, std::span<const ClaimedEvent> events,
                                                    Cursor cursor) const {
    Progress progress;
    progress.last.complete = true;
    int rows = 0;
    for (const auto& [event, attempts] : events) {
        const auto activities = TRY(activities_for(tx, context_, event));
        progress.last = TRY(queue_activities(tx, context_, activities, cursor,
                                             limits::delivery_rows_per_write_max - rows));
        progress.hosts.merge(progress.last.hosts);
        rows += progress.last.rows;
        if (!progress.last.complete) break;
        TRY(repo::finish_event(tx, Consumer::publisher, event.id));
        ++progress.events;
        cursor = {};
        if (rows >= limits::delivery_rows_per_write_max) break;
    }
    return progress;
}

// One of the events in hand cannot be published: from here on one by one, so that only that one
// waits. While the database is away all do.
Result<> Publisher::set_aside(const Error& error) {
    if (error.code == Code::unavailable) {
        claimed_.clear();
        return tl::unexpected(error);
    }
    if (std::exchange(together_, 1) > 1) return {};
    const auto [event, attempts] = std::move(claimed_.front());
    claimed_.pop_front();
    cursor_ = {};
    log::error("publisher.event_failed", {{"event", event.id},
                                          {"kind", int(event.kind)},
                                          {"attempts", attempts},
                                          {"error", error.safe_text},
                                          {"detail", error.detail}});
    const auto again_at = context_.clock.now_ms() + limits::publisher_retry_ms;
    return context_.db.write(
        [id = event.id, again_at, give_up = attempts >= limits::publisher_attempts_max](Tx& tx) {
            return give_up ? repo::finish_event(tx, Consumer::publisher, id)
                           : repo::postpone_event(tx, Consumer::publisher, id, again_at);
        });
}

}  // namespace kith::delivery
