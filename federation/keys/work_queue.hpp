#pragma once
#include "base/core/thread.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace kith::keys {

// A few threads for what must not run where it becomes due, as on the transport's thread. The
// poster bounds how much waits. Thread-safe.
class WorkQueue {
public:
    WorkQueue(const std::string& name, int threads);
    ~WorkQueue() { stop(); }

    // False, and the work is dropped, once stopped.
    bool post(std::function<void()>);
    // Ends the threads after what they do now; what waits is dropped.
    void stop();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    bool stopped_ = false;
    std::vector<Thread> threads_;
};

}  // namespace kith::keys
