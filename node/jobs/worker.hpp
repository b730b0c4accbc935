#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "base/core/thread.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace kith::jobs {

// What is left of a job after a piece of it: nothing, or the payload of the next piece and its
// time.
struct More {
    std::string payload;
    TimeMs not_before = 0;
};
using Work = std::function<Result<std::optional<More>>(const model::Job&)>;

// Does the jobs of the database one after the other on a thread of its own. What each kind does is
// registered before start(); a job that fails is tried again later, with growing pauses.
class Worker {
public:
    Worker(sql::Db&, const Clock&, IdGenerator&);
    ~Worker() { stop(); }

    void handle(std::string kind, Work);
    // Does it about every `every_ms` for as long as the node runs; the time of the last run is kept
    // in the database.
    void every(std::string kind, TimeMs every_ms, std::function<Result<>()>);

    // Frees what a killed node had leased, then begins. Code of the database's error.
    Result<> start();
    void stop();

private:
    void run();
    bool run_one();
    Result<std::optional<More>> work_on(const model::Job&);

    sql::Db& db_;
    const Clock& clock_;
    IdGenerator& ids_;
    std::map<std::string, Work, std::less<>> kinds_;
    std::map<std::string, TimeMs, std::less<>> timed_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    Thread thread_;
};

}  // namespace kith::jobs
