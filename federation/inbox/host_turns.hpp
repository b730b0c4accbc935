#pragma once
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace kith::inbox {

// Jobs that wait for a thread, the hosts in turn and at most `per_host_max` of one running, so that
// a slow host holds up only itself. Not thread-safe.
template <class Job>
class HostTurns {
public:
    explicit HostTurns(int per_host_max) : per_host_max_(per_host_max) {}

    void add(const std::string& host, Job job) {
        auto& of = hosts_[host];
        of.waiting.push_back(std::move(job));
        offer(host, of);
    }

    bool has_ready() const { return !turns_.empty(); }

    // The next one and its host, which is to be released when it is done.
    std::optional<std::pair<std::string, Job>> take() {
        if (turns_.empty()) return std::nullopt;
        auto host = std::move(turns_.front());
        turns_.pop_front();
        auto& of = hosts_.at(host);
        of.has_turn = false;
        auto job = std::move(of.waiting.front());
        of.waiting.pop_front();
        ++of.running;
        offer(host, of);
        return std::pair{std::move(host), std::move(job)};
    }

    void release(const std::string& host) {
        auto& of = hosts_.at(host);
        --of.running;
        offer(host, of);
        if (of.running == 0 && of.waiting.empty()) hosts_.erase(host);
    }

private:
    struct OfHost {
        std::deque<Job> waiting;
        int running = 0;
        bool has_turn = false;
    };

    void offer(const std::string& host, OfHost& of) {
        if (of.has_turn || of.waiting.empty() || of.running >= per_host_max_) return;
        of.has_turn = true;
        turns_.push_back(host);
    }

    int per_host_max_;
    std::map<std::string, OfHost> hosts_;
    std::deque<std::string> turns_;
};

}  // namespace kith::inbox
