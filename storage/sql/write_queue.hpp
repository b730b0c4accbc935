#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace kith::sql {

class Tx;

// A submitted closure, and who hears how it went.
struct WriteJob {
    std::function<Result<>(Tx&)> work;
    std::function<void(Result<>)> done;
};

// What waits for a writer thread, first in, first out. Thread-safe.
class WriteQueue {
public:
    // Where limits::sql_writes_waiting_max jobs wait already, the job is done with
    // Code::unavailable.
    void push(WriteJob);

    // Waits for a job; empty once the queue is stopped and drained.
    std::optional<WriteJob> take();
    // The next job, waiting at most `wait_ms` for it.
    std::optional<WriteJob> take_within(TimeMs wait_ms);

    // No more jobs will come; those that wait are still handed out.
    void stop();

private:
    std::optional<WriteJob> pop();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<WriteJob> jobs_;
    bool stopped_ = false;
};

}  // namespace kith::sql
