#include "node/http/lane.hpp"

#include <utility>

namespace kith::http {

Lane::Lane(LaneConfig config, const HttplibAdapter::Surroundings& around, FrontStats::Lane& stats,
           const std::atomic<bool>& stopping, std::function<void(Connection&)> hand_back)
    : config_(std::move(config)),
      limits_(around.limits),
      stats_(stats),
      stopping_(stopping),
      hand_back_(std::move(hand_back)) {
    for (std::size_t i = 0; i < config_.threads; ++i)
        adapters_.push_back(std::make_unique<HttplibAdapter>(around));
}

void Lane::start() {
    for (auto& adapter : adapters_)
        threads_.emplace_back("http-" + config_.name, [this, &adapter] { work(*adapter); });
}

bool Lane::enqueue(Connection& c) {
    {
        std::lock_guard lock(mutex_);
        if (waiting_.size() >= config_.queue_max) {
            ++stats_.refused;
            return false;
        }
        c.phase = Connection::Phase::working;
        waiting_.push_back(&c);
        ++stats_.waiting;
    }
    ready_.notify_one();
    return true;
}

void Lane::work(HttplibAdapter& adapter) {
    for (;;) {
        Connection* connection = nullptr;
        {
            std::unique_lock lock(mutex_);
            ready_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            connection = waiting_.front();
            waiting_.pop_front();
            --stats_.waiting;
        }
        const bool last = ++connection->requests >= limits_.requests_per_connection_max;
        ++stats_.busy;
        const auto began = steady_ms();
        adapter.serve(*connection, last || stopping_ || !connection->head.keep_alive);
        stats_.busy_ms += std::uint64_t(steady_ms() - began);
        --stats_.busy;
        ++stats_.served;
        hand_back_(*connection);
    }
}

void Lane::stop(End end) {
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
    }
    ready_.notify_all();
    for (auto& thread : threads_) {
        if (end == End::join) thread.join();
        else thread.detach();
    }
}

}  // namespace kith::http
