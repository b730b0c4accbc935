#pragma once
#include "base/core/thread.hpp"
#include "node/http/httplib_adapter.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kith::http {

struct LaneConfig {
    std::string name;
    std::size_t threads = 4;
    std::size_t queue_max = 1'024;
};

// A bounded queue with its own workers. Separate lanes keep a flood in one from starving another.
class Lane {
public:
    // `hand_back` gives a connection back to the front; a worker calls it. While `stopping`, answers
    // tell the client that the connection ends.
    Lane(LaneConfig, const HttplibAdapter::Surroundings&, FrontStats::Lane&,
         const std::atomic<bool>& stopping, std::function<void(Connection&)> hand_back);

    void start();
    // Takes the connection, or refuses when the queue is full. From the front's thread.
    bool enqueue(Connection&);
    // After the last request: ends the workers. Detached ones still run a handler that does not end.
    enum class End { join, detach };
    void stop(End);

private:
    void work(HttplibAdapter&);

    const LaneConfig config_;
    const Limits& limits_;
    FrontStats::Lane& stats_;
    const std::atomic<bool>& stopping_;
    const std::function<void(Connection&)> hand_back_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Connection*> waiting_;
    bool closed_ = false;
    std::vector<std::unique_ptr<HttplibAdapter>> adapters_;   // one per thread
    std::vector<Thread> threads_;
};

}  // namespace kith::http
