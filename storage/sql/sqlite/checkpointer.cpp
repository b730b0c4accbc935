#include "storage/sql/sqlite/checkpointer.hpp"

#include "base/core/log.hpp"
#include "config/limits/storage.hpp"

#include <utility>

namespace kith::sql::sqlite {

Checkpointer::Checkpointer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), thread_("sql-checkpoint", [this] { run(); }) {}

Checkpointer::~Checkpointer() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Checkpointer::log_holds(int pages) {
    if (pages < limits::sqlite_checkpoint_pages) return;
    {
        std::lock_guard lock(mutex_);
        wanted_ = true;
    }
    changed_.notify_one();
}

void Checkpointer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return wanted_ || stopping_; });
        if (stopping_) return;
        wanted_ = false;
        lock.unlock();
        // It will be asked again at the next commit.
        if (auto done = connection_->query("PRAGMA wal_checkpoint(PASSIVE)"); !done)
            log::warn("sql.checkpoint_failed", {{"detail", done.error().detail}});
        lock.lock();
    }
}

}  // namespace kith::sql::sqlite
