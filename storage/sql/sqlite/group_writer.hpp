#pragma once
#include "base/core/thread.hpp"
#include "storage/sql/sqlite/checkpointer.hpp"
#include "storage/sql/sqlite/connection.hpp"
#include "storage/sql/write_queue.hpp"

#include <mutex>

namespace kith::sql::sqlite {

// The one writer: a thread that takes submitted closures and commits them in groups, because what a
// commit costs is the disk's sync, and one sync serves all that wait for it. Each closure has a
// savepoint of its own, so that a failing one takes nothing from its neighbours.
class GroupWriter {
public:
    // Holds `connection_mutex` from BEGIN to COMMIT.
    // `checkpointer`: none for a database in memory, which has no log.
    GroupWriter(const Db&, Connection&, std::mutex& connection_mutex, Checkpointer* checkpointer,
                const Settings&);
    // Finishes what was submitted.
    ~GroupWriter();

    // `done` runs on the writer's thread after the commit.
    void submit(WriteJob job) { queue_.push(std::move(job)); }

private:
    struct Outcome {
        std::function<void(Result<>)> done;
        Result<> result;
    };

    void run();
    void commit_group(WriteJob first);
    void bound_log();
    Result<> commit(WriteJob first, std::vector<Outcome>& group);
    Result<> run_in_savepoint(const WriteJob&);
    std::optional<WriteJob> company(std::size_t group_size, std::int64_t started_ms);

    const Db& db_;
    Connection& connection_;
    std::mutex& connection_mutex_;
    Checkpointer* const checkpointer_;
    const TimeMs wait_ms_;
    const std::size_t group_max_;
    std::size_t last_group_size_ = 1;
    WriteQueue queue_;
    Thread thread_;  // last: it uses all of the above
};

}  // namespace kith::sql::sqlite
