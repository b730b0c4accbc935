#include "storage/sql/write_queue.hpp"

#include "config/limits/storage.hpp"

#include <chrono>

namespace kith::sql {

void WriteQueue::push(WriteJob job) {
    {
        std::lock_guard lock(mutex_);
        if (jobs_.size() < limits::sql_writes_waiting_max) {
            jobs_.push_back(std::move(job));
            changed_.notify_one();
            return;
        }
    }
    job.done(fail(Code::unavailable, "The server is busy", "too many writes are waiting"));
}

std::optional<WriteJob> WriteQueue::take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || !jobs_.empty(); });
    return pop();
}

std::optional<WriteJob> WriteQueue::take_within(TimeMs wait_ms) {
    std::unique_lock lock(mutex_);
    if (jobs_.empty() && wait_ms > 0)
        changed_.wait_for(lock, std::chrono::milliseconds(wait_ms),
                          [this] { return stopped_ || !jobs_.empty(); });
    return pop();
}

void WriteQueue::stop() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

std::optional<WriteJob> WriteQueue::pop() {
    if (jobs_.empty()) return std::nullopt;
    std::optional<WriteJob> job(std::move(jobs_.front()));
    jobs_.pop_front();
    return job;
}

}  // namespace kith::sql
