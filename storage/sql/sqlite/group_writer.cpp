#include "storage/sql/sqlite/group_writer.hpp"

#include <algorithm>

#include "base/core/log.hpp"
#include "config/limits/storage.hpp"

namespace kith::sql::sqlite {

GroupWriter::GroupWriter(const Db& db, Connection& connection, std::mutex& connection_mutex,
                         Checkpointer* checkpointer, const Settings& settings)
    : db_(db),
      connection_(connection),
      connection_mutex_(connection_mutex),
      checkpointer_(checkpointer),
      wait_ms_(settings.group_commit_ms),
      group_max_(std::max<std::size_t>(1, settings.group_commit_max)),
      thread_("sql-writer", [this] { run(); }) {}

GroupWriter::~GroupWriter() {
    queue_.stop();
    thread_.join();
}

void GroupWriter::run() {
    while (auto first = queue_.take()) commit_group(std::move(*first));
}

void GroupWriter::commit_group(WriteJob first) {
    std::vector<Outcome> group;
    Result<> committed;
    {
        std::lock_guard lock(connection_mutex_);
        committed = commit(std::move(first), group);
        if (!committed) connection_.rollback();
    }
    last_group_size_ = group.size();
    for (auto& [done, result] : group) done(result ? committed : result);
    bound_log();
}

// The checkpointer never reaches the end of a log that grows all the time, and only a log that was
// copied whole begins anew. So beyond a bound the writer copies what is left, which is little.
void GroupWriter::bound_log() {
    if (!checkpointer_) return;
    checkpointer_->log_holds(connection_.log_pages());
    if (connection_.log_pages() < limits::sqlite_wal_pages_max) return;
    std::lock_guard lock(connection_mutex_);
    if (auto done = connection_.query("PRAGMA wal_checkpoint(PASSIVE)"); !done)
        log::warn("sql.checkpoint_failed", {{"detail", done.error().detail}});
}

Result<> GroupWriter::commit(WriteJob first, std::vector<Outcome>& group) {
    const auto started_ms = steady_ms();
    auto begun = connection_.execute("BEGIN IMMEDIATE");
    if (!begun) {
        group.push_back({std::move(first.done), {}});
        return Failure(begun.error());
    }
    std::optional<WriteJob> job(std::move(first));
    while (job) {
        auto result = run_in_savepoint(*job);
        group.push_back({std::move(job->done), std::move(result)});
        if (!connection_.in_transaction())
            return fail(Code::unavailable, "The database is not available",
                        "the whole group was rolled back" +
                            (group.back().result ? "" : ": " + group.back().result.error().detail));
        job = company(group.size(), started_ms);
    }
    TRY(connection_.execute("COMMIT"));
    return {};
}

// The next one for this group. A lone writer never waits; where the last group had company, there
// will be some again (its members heard of the commit at the same moment), so wait for as many.
std::optional<WriteJob> GroupWriter::company(std::size_t group_size, std::int64_t started_ms) {
    if (group_size >= group_max_) return std::nullopt;
    const auto left_ms = wait_ms_ - (steady_ms() - started_ms);
    return queue_.take_within(group_size < last_group_size_ ? std::max<TimeMs>(0, left_ms) : 0);
}

Result<> GroupWriter::run_in_savepoint(const WriteJob& job) {
    TRY(connection_.execute("SAVEPOINT closure"));
    ConnectionTx tx(connection_);
    auto result = run_closure(job.work, tx, db_);
    if (result) {
        TRY(connection_.execute("RELEASE closure"));
        return {};
    }
    // Where its changes cannot be taken back alone, the group cannot be committed.
    if (connection_.in_transaction() &&
        !(connection_.execute("ROLLBACK TO closure") && connection_.execute("RELEASE closure")))
        connection_.rollback();
    return result;
}

}  // namespace kith::sql::sqlite
