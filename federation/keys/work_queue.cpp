#include "federation/keys/work_queue.hpp"

namespace kith::keys {

WorkQueue::WorkQueue(const std::string& name, int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back(name, [this] { run(); });
}

bool WorkQueue::post(std::function<void()> work) {
    std::lock_guard lock(mutex_);
    if (stopped_) return false;
    waiting_.push_back(std::move(work));
    changed_.notify_one();
    return true;
}

void WorkQueue::stop() {
    std::deque<std::function<void()>> dropped;
    {
        std::lock_guard lock(mutex_);
        stopped_ = true;
        dropped.swap(waiting_);
        changed_.notify_all();
    }
    for (auto& thread : threads_) thread.join();
}

void WorkQueue::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return stopped_ || !waiting_.empty(); });
        if (stopped_) return;
        auto work = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        work();
        work = nullptr;  // what it held goes before the lock is taken again
        lock.lock();
    }
}

}  // namespace kith::keys
