#pragma once
#include "base/core/clock.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith::client {

// Who may start now: at most `in_flight_max` in all and `per_host_max` of one host; the rest wait,
// first come first served within a host and the hosts in turn, so that a slow one holds up only
// itself. Hosts without jobs leave no trace (security checklist, line 33). One thread only.
template <class Job>
class Lanes {
public:
    struct Bounds {
        int in_flight_max;
        int per_host_max;
        int waiting_max;
    };

    explicit Lanes(Bounds bounds) : bounds_(bounds) {}

    // False, and the job untouched, where waiting_max are waiting already.
    bool enqueue(const std::string& host, Job&& job, std::int64_t deadline_ms) {
        if (waiting_ >= bounds_.waiting_max) return false;
        Lane& lane = lanes_[host];
        lane.waiting.push_back({std::move(job), deadline_ms});
        ++waiting_;
        offer(host, lane);
        return true;
    }

    // The next job that may start; its host is released when it is over.
    std::optional<Job> next() {
        if (in_flight_ >= bounds_.in_flight_max || turn_.empty()) return std::nullopt;
        const std::string host = std::move(turn_.front());
        turn_.pop_front();
        Lane& lane = lanes_.at(host);
        lane.has_turn = false;
        Job job = std::move(lane.waiting.front().job);
        lane.waiting.pop_front();
        --waiting_;
        ++lane.in_flight;
        ++in_flight_;
        offer(host, lane);
        return job;
    }

    void release(const std::string& host) {
        const auto at = lanes_.find(host);
        --in_flight_;
        --at->second.in_flight;
        offer(host, at->second);
        if (at->second.in_flight == 0 && at->second.waiting.empty()) lanes_.erase(at);
    }

    // Takes out the waiting jobs whose deadline is at or before `now_ms`.
    std::vector<Job> take_expired(std::int64_t now_ms) {
        std::vector<Job> expired;
        for (auto& [host, lane] : lanes_) {
            std::erase_if(lane.waiting, [&](Waiting& waiting) {
                if (waiting.deadline_ms > now_ms) return false;
                expired.push_back(std::move(waiting.job));
                return true;
            });
        }
        waiting_ -= static_cast<int>(expired.size());
        std::erase_if(turn_, [&](const std::string& host) {
            Lane& lane = lanes_.at(host);
            lane.has_turn = !lane.waiting.empty();
            return !lane.has_turn;
        });
        std::erase_if(lanes_, [](auto& entry) {
            return entry.second.in_flight == 0 && entry.second.waiting.empty();
        });
        return expired;
    }

    int waiting() const { return waiting_; }
    int in_flight() const { return in_flight_; }
    std::size_t hosts() const { return lanes_.size(); }

private:
    struct Waiting {
        Job job;
        std::int64_t deadline_ms;
    };
    struct Lane {
        int in_flight = 0;
        bool has_turn = false;  // is in turn_
        std::deque<Waiting> waiting;
    };

    void offer(const std::string& host, Lane& lane) {
        if (lane.has_turn || lane.waiting.empty() || lane.in_flight >= bounds_.per_host_max) return;
        lane.has_turn = true;
        turn_.push_back(host);
    }

    const Bounds bounds_;
    std::map<std::string, Lane> lanes_;
    std::deque<std::string> turn_;  // hosts that could start one
    int waiting_ = 0;
    int in_flight_ = 0;
};

}  // namespace kith::client
