#pragma once
#include "base/core/clock.hpp"
#include "base/core/thread.hpp"
#include "federation/inbox/counters.hpp"
#include "federation/inbox/fetchers.hpp"
#include "federation/inbox/host_turns.hpp"
#include "federation/inbox/lane_queue.hpp"
#include "federation/inbox/refusal_log.hpp"
#include "federation/inbox/work.hpp"
#include "storage/repo/inbox.hpp"
#include "storage/sql/db.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace kith::inbox {

// Takes accepted activities through phases 8 to 10, in the order of LaneQueue.
//
// Workers decide about them and never wait for the network; what needs it goes to fetchers, which
// take the hosts in turn. The effects are written without waiting for each commit, so that many
// share one; a collector hears how they went. What does not fit into memory waits in the database,
// from where a start resumes as well. Thread-safe.
class Lanes {
public:
    // All outlive it. `applied` is told of each activity after its commit, on the collector's
    // thread.
    Lanes(sql::Db&, const FetchSources&, ActivitySink&, Counters&, RefusalLog&,
          std::function<void(const Work&)> applied);
    ~Lanes() { stop(); }

    void start();
    // Ends after what is under way; everything else stays open in the database. Waits for fetches
    // that are under way, so stop the transport first. Not restartable.
    void stop();

    // Of an activity that was just stored as open, before its sender is answered: the order of
    // calls is the order of arrival.
    void add(std::shared_ptr<Work>);

    // What is in memory, waiting or under way; at least 1 while there is more in the database.
    std::size_t pending() const;

private:
    enum class Ending { applied, refused, postponed };
    struct Write {
        std::shared_ptr<Work> work;
        std::future<Result<>> outcome;
        Ending ending;
        TimeMs until = 0;  // of a postponed one
    };

    void run_worker();
    void run_fetcher();
    void run_collector();
    void run_backlog();

    std::shared_ptr<Work> load(Id);
    void decide(std::shared_ptr<Work>);
    void fetch_and_decide(std::shared_ptr<Work>);
    void conclude(std::shared_ptr<Work>, std::optional<Setback>);

    void apply(std::shared_ptr<Work>);
    void refuse(std::shared_ptr<Work>, const Setback&);
    void postpone(std::shared_ptr<Work>, const Setback&, TimeMs until);
    void retry(Id, TimeMs at);
    void submit(Write);
    void wait_for_room(std::unique_lock<std::mutex>&);
    void collect(Write);
    void finish(Id);
    void add_rows(const std::vector<repo::OpenActivity>&);
    void keep_loaded(std::shared_ptr<Work>);

    sql::Db& db_;
    const FetchSources& sources_;
    ActivitySink& sink_;
    Counters& counters_;
    RefusalLog& refusals_;
    std::function<void(const Work&)> applied_;
    const Clock& clock_;

    mutable std::mutex mutex_;
    LaneQueue queue_;
    std::unordered_map<Id, std::shared_ptr<Work>> loaded_;  // of those that nobody works on
    std::size_t loaded_bytes_ = 0;
    HostTurns<std::shared_ptr<Work>> to_fetch_;
    std::deque<Write> writes_;
    std::size_t writes_under_way_ = 0;
    bool more_in_database_ = true;   // also at the start
    unsigned left_in_database_ = 0;  // how often add() left one there
    bool stopping_ = false;          // nothing new is begun
    bool collected_ = false;         // no more writes will come
    std::condition_variable work_, fetch_, write_, room_, backlog_;

    std::vector<Thread> threads_;  // workers, fetchers, backlog
    Thread collector_;
};

}  // namespace kith::inbox
