#include "node/jobs/worker.hpp"

#include "base/core/log.hpp"
#include "config/limits/jobs.hpp"
#include "storage/repo/jobs.hpp"

#include <algorithm>

namespace kith::jobs {

using model::Job;
using sql::Tx;

Worker::Worker(sql::Db& db, const Clock& clock, IdGenerator& ids)
    : db_(db), clock_(clock), ids_(ids) {}

void Worker::handle(std::string kind, Work work) { kinds_[std::move(kind)] = std::move(work); }

void Worker::every(std::string kind, TimeMs every_ms, std::function<Result<>()> work) {
    timed_[kind] = every_ms;
    kinds_[std::move(kind)] = [this, every_ms,
                               work = std::move(work)](const Job&) -> Result<std::optional<More>> {
        TRY(work());
        return std::optional<More>(More{.payload = {}, .not_before = clock_.now_ms() + every_ms});
    };
}

Result<> Worker::start() {
    TRY(db_.write([this](Tx& tx) -> Result<> {
        TRY(repo::release_jobs(tx));
        const auto now = clock_.now_ms();
        for (const auto& [kind, every] : timed_)
            TRY(repo::ensure_job(tx, {.id = ids_.next(),
                                      .kind = kind,
                                      .payload = {},
                                      .attempts = 0,
                                      .not_before = now,
                                      .created_at = now}));
        return {};
    }));
    thread_ = Thread("jobs", [this] { run(); });
    return {};
}

void Worker::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Worker::run() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (stopping_) return;
        }
        if (run_one()) continue;
        std::unique_lock lock(mutex_);
        if (clock_.wait_until(wake_, lock, clock_.now_ms() + limits::jobs_poll_ms,
                              [this] { return stopping_; }))
            return;
    }
}

Result<std::optional<More>> Worker::work_on(const Job& job) {
    auto found = kinds_.find(job.kind);
    if (found == kinds_.end())
        return fail(Code::internal, "nobody does jobs of this kind", job.kind);
    return found->second(job);
}

// False where nothing is due.
bool Worker::run_one() {
    const auto now = clock_.now_ms();
    auto job =
        db_.write([now](Tx& tx) { return repo::claim_job(tx, now, now + limits::job_lease_ms); });
    if (!job) {
        log::error("jobs.claim_failed", {{"reason", job.error().detail}});
        return false;
    }
    if (!*job) return false;
    auto done = work_on(**job);
    auto closed = db_.write([&](Tx& tx) -> Result<> {
        if (!done) {
            const auto pause = std::min<TimeMs>(limits::job_retry_ms_max,
                                                minute_ms << std::min((*job)->attempts, 10));
            return repo::retry_job(
                tx, (*job)->id,
                done.error().detail.empty() ? done.error().safe_text : done.error().detail,
                clock_.now_ms() + pause);
        }
        return *done ? repo::set_job_payload(tx, (*job)->id, (*done)->payload, (*done)->not_before)
                     : repo::finish_job(tx, (*job)->id);
    });
    if (!done)
        log::warn("jobs.failed", {{"kind", (*job)->kind},
                                  {"attempt", (*job)->attempts},
                                  {"reason", done.error().detail.empty() ? done.error().safe_text
                                                                         : done.error().detail}});
    if (!closed)
        log::error("jobs.close_failed",
                   {{"kind", (*job)->kind}, {"reason", closed.error().detail}});
    return true;
}

}  // namespace kith::jobs
