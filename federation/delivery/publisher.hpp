#pragma once
#include "base/core/result.hpp"
#include "base/core/thread.hpp"
#include "federation/delivery/context.hpp"
#include "federation/delivery/queue.hpp"
#include "storage/repo/events.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>

namespace kith::delivery {

// Takes what happened here from the event stream and puts it into the outbox: the bytes of each
// activity once, a row for each inbox, post_reach, and the event finished, in one transaction, or
// in several where the rows are many (the event is finished in the last; what is taken up again
// after a kill makes no second activity). Events go through it one after the other, by id.
class Publisher {
public:
    // `queued` hears, after the commit, which hosts have got rows.
    using OnQueued = std::function<void(const std::set<std::string>& hosts)>;
    Publisher(const Context&, OnQueued queued);
    ~Publisher() { stop(); }

    // A single-process node (SQLite) frees what it had leased before it was killed.
    Result<> start();
    void stop();

    // There are events: Db::on_news tells. It looks by itself as well, for those of other
    // processes. Any thread.
    void notify();

    // Publishes what is open now and returns how many events that were: what the thread does, for
    // tests and simulations without one.
    Result<int> step();

private:
    struct Progress {
        std::size_t events = 0;  // finished
        Queued last;             // of the one after them
        std::set<std::string> hosts;
    };

    void run();
    Result<bool> claim();
    Result<> publish();
    Result<Progress> publish_some(sql::Tx&, std::span<const repo::ClaimedEvent>, Cursor) const;
    Result<> set_aside(const Error&);

    const Context context_;
    const OnQueued queued_;
    std::deque<repo::ClaimedEvent> claimed_;
    Cursor cursor_;             // within claimed_.front()
    std::size_t together_ = 0;  // how many go into one transaction

    std::mutex mutex_;
    std::condition_variable changed_;
    bool notified_ = false;
    bool stopping_ = false;
    Thread thread_;
};

}  // namespace kith::delivery
