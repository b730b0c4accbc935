// How an activity leaves its lane: the writes of Lanes and what comes of them.
#include <utility>

#include "base/core/log.hpp"
#include "base/core/stop_point.hpp"
#include "base/text/url.hpp"
#include "config/limits/inbox.hpp"
#include "federation/inbox/lanes.hpp"

namespace kith::inbox {

// 10: one transaction for the effects and the closing of the row.
void Lanes::apply(std::shared_ptr<Work> work) {
    auto outcome = db_.write_later([&sink = sink_, work](sql::Tx& tx) -> Result<> {
        TRY(sink.apply(tx, work->inbound(), *work->plan));
        stop_point("inbox.applying");
        return repo::close_applied(tx, work->row.id);
    });
    submit({std::move(work), std::move(outcome), Ending::applied});
}

void Lanes::refuse(std::shared_ptr<Work> work, const Setback& setback) {
    counters_.add(setback.phase, Outcome::refused);
    const auto& row = work->row;
    const auto actor = Url::parse(row.actor_ap_id);
    const auto phase = std::string(to_string(setback.phase));
    log::info("inbox.refused", {{"phase", phase},
                                {"reason", setback.error.safe_text},
                                {"detail", setback.error.detail},
                                {"activity", row.ap_id}});
    refusals_.add({.phase = phase,
                   .reason = setback.error.safe_text,
                   .status = 202,
                   .host = actor ? actor->host_port() : std::string(),
                   .actor_ap_id = row.actor_ap_id,
                   .activity_ap_id = row.ap_id});
    auto outcome = db_.write_later(
        [id = row.id, phase, reason = setback.error.safe_text](sql::Tx& tx) -> Result<> {
            return repo::close_refused(tx, id, phase, reason);
        });
    submit({std::move(work), std::move(outcome), Ending::refused});
}

void Lanes::postpone(std::shared_ptr<Work> work, const Setback& setback, TimeMs until) {
    counters_.add(setback.phase, Outcome::postponed);
    auto& row = work->row;
    ++row.attempts;
    row.not_before = until;
    row.phase = to_string(setback.phase);
    row.reason = setback.error.safe_text;
    auto outcome =
        db_.write_later([work](sql::Tx& tx) { return repo::postpone_activity(tx, work->row); });
    submit({std::move(work), std::move(outcome), Ending::postponed, until});
}

void Lanes::submit(Write write) {
    std::lock_guard lock(mutex_);
    writes_.push_back(std::move(write));
    ++writes_under_way_;
    write_.notify_one();
}

// Before something new is begun, so that it is the deciding that waits where the database does not
// keep up, and never the collector.
void Lanes::wait_for_room(std::unique_lock<std::mutex>& lock) {
    room_.wait(lock,
               [&] { return stopping_ || writes_under_way_ < limits::inbox_writes_under_way_max; });
}

void Lanes::run_collector() {
    std::unique_lock lock(mutex_);
    for (;;) {
        write_.wait(lock, [&] { return collected_ || !writes_.empty(); });
        if (writes_.empty()) return;
        auto write = std::move(writes_.front());
        writes_.pop_front();
        lock.unlock();
        collect(std::move(write));
        lock.lock();
        --writes_under_way_;
        room_.notify_one();
    }
}

void Lanes::collect(Write write) {
    const auto outcome = write.outcome.get();
    const Id id = write.work->row.id;
    if (outcome && write.ending == Ending::applied) {
        stop_point("inbox.applied");
        counters_.add(Phase::applied, Outcome::passed);
        applied_(*write.work);
        return finish(id);
    }
    if (!outcome && write.ending == Ending::applied)
        return conclude(std::move(write.work), Setback{Phase::applied, outcome.error()});
    if (write.ending == Ending::postponed) return retry(id, write.until);
    // A row that is closed already needs no closing; for another failure it is decided about anew.
    if (outcome || outcome.error().code == Code::conflict) return finish(id);
    retry(id, clock_.now_ms() + limits::inbox_outage_delay_ms);
}

void Lanes::retry(Id id, TimeMs at) {
    std::lock_guard lock(mutex_);
    queue_.postpone(id, at);
    work_.notify_one();
}

void Lanes::finish(Id id) {
    std::lock_guard lock(mutex_);
    queue_.finish(id);
    if (queue_.has_ready()) work_.notify_one();
    if (more_in_database_) backlog_.notify_one();
}

}  // namespace kith::inbox
