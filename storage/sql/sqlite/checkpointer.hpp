#pragma once
#include "base/core/thread.hpp"
#include "storage/sql/sqlite/connection.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace kith::sql::sqlite {

// Copies what was committed from the log (WAL) into the database file, on a thread and a connection
// of its own: a checkpoint writes and syncs thousands of pages, and the one writer must not stand
// still for it. It never holds up readers or the writer (SQLite's PASSIVE mode).
class Checkpointer {
public:
    explicit Checkpointer(std::unique_ptr<Connection>);
    ~Checkpointer();

    // The log holds so many pages: beyond limits::sqlite_checkpoint_pages a checkpoint begins, if
    // none is under way. Any thread; cheap.
    void log_holds(int pages);

private:
    void run();

    const std::unique_ptr<Connection> connection_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool wanted_ = false, stopping_ = false;
    Thread thread_;  // last: it uses all of the above
};

}  // namespace kith::sql::sqlite
