#pragma once
#include "base/core/result.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace kith::sql {

// Up to `max` connections, opened when first needed and lent to one thread at a time. Thread-safe;
// outlives its leases.
template <class Connection>
class Pool {
public:
    using Open = std::function<Result<std::unique_ptr<Connection>>()>;

    Pool(std::size_t max, Open open) : free_slots_(max), open_(std::move(open)) {}

    // A borrowed connection, given back by the destructor.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&& other) noexcept
            : pool_(std::exchange(other.pool_, nullptr)),
              connection_(std::move(other.connection_)) {}
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (pool_) pool_->give_back(std::move(connection_));
        }

        Connection& operator*() const { return *connection_; }
        // Closes it instead of giving it back: it is broken. Not usable afterwards.
        void discard() { connection_.reset(); }

    private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    // Waits while all are lent. Errors are those of opening one.
    Result<Lease> acquire() {
        {
            std::unique_lock lock(mutex_);
            returned_.wait(lock, [this] { return !idle_.empty() || free_slots_ > 0; });
            if (!idle_.empty()) {
                Lease lease(*this, std::move(idle_.back()));
                idle_.pop_back();
                return lease;
            }
            --free_slots_;
        }
        auto opened = open_();  // may take long: not under the lock
        if (!opened) {
            give_back(nullptr);
            return tl::unexpected(std::move(opened).error());
        }
        return Lease(*this, std::move(*opened));
    }

    // Closes those that nobody has borrowed.
    void discard_idle() {
        std::vector<std::unique_ptr<Connection>> closing;  // outside the lock
        std::lock_guard lock(mutex_);
        closing.swap(idle_);
        free_slots_ += closing.size();
        returned_.notify_all();
    }

private:
    void give_back(std::unique_ptr<Connection> connection) {
        {
            std::lock_guard lock(mutex_);
            if (connection)
                idle_.push_back(std::move(connection));
            else
                ++free_slots_;
        }
        returned_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;  // the latest used goes first: it is warm
    std::size_t free_slots_;
    Open open_;
};

}  // namespace kith::sql
