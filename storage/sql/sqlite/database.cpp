#include "storage/sql/sqlite/database.hpp"

#include "storage/sql/pool.hpp"
#include "storage/sql/sqlite/connection.hpp"
#include "storage/sql/sqlite/group_writer.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>

namespace kith::sql::sqlite {

namespace {

Failure file_failure(const std::string& path) {
    return fail(Code::unavailable, "The file cannot be written",
                path + ": " + std::strerror(errno));
}

// A rename or a new file is on disk once its folder is.
Result<> sync_path(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return file_failure(path);
    const bool synced = ::fsync(file) == 0;
    auto failure = file_failure(path);
    ::close(file);
    if (!synced) return failure;
    return {};
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == path.npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

// A read snapshot on a connection of ours.
Result<> read_on(Connection& connection, const std::function<Result<>(Tx&)>& work, const Db& db) {
    TRY(connection.execute("BEGIN"));
    ConnectionTx tx(connection);
    auto result = run_closure(work, tx, db);
    connection.rollback();
    return result;
}

class Database final : public Db {
public:
    // `checkpoints`: a connection for them; none for a database in memory.
    Database(std::string path, std::unique_ptr<Connection> writer,
             std::unique_ptr<Connection> checkpoints, const Settings& settings)
        : path_(std::move(path)),
          writer_connection_(std::move(writer)),
          readers_(static_cast<std::size_t>(std::max(1, settings.readers)),
                   [this] { return Connection::open(path_, Role::reader); }),
          checkpointer_(checkpoints ? std::make_unique<Checkpointer>(std::move(checkpoints))
                                    : nullptr),
          writer_(*this, *writer_connection_, writer_mutex_, checkpointer_.get(), settings) {}

    const Dialect& dialect() const override { return dialect_; }
    Result<> backup_to(const std::string& path) override;

protected:
    void submit(Work work, Done done) override {
        if (inside_closure_of(*this)) return done(nested_transaction());
        writer_.submit({std::move(work), std::move(done)});
    }
    Result<> run_read(const Work& work) override;

private:
    bool in_memory() const { return path_ == memory_path; }
    Result<> read_in_memory(const Work& work);

    const std::string path_;
    const Dialect dialect_{Engine::sqlite};
    std::unique_ptr<Connection> writer_connection_;
    std::mutex writer_mutex_;
    Pool<Connection> readers_;
    std::unique_ptr<Checkpointer> checkpointer_;
    GroupWriter writer_;
};

Result<> Database::run_read(const Work& work) {
    if (inside_closure_of(*this)) return nested_transaction();
    if (in_memory()) return read_in_memory(work);
    auto reader = TRY(readers_.acquire());
    auto result = read_on(*reader, work, *this);
    if ((*reader).in_transaction()) reader.discard();
    return result;
}

// A second connection would see another memory, and SQLite's shared cache lets readers run into
// table locks; so readers and the writer take turns on the one connection.
Result<> Database::read_in_memory(const Work& work) {
    std::lock_guard lock(writer_mutex_);
    TRY(writer_connection_->query("PRAGMA query_only = ON"));
    auto result = read_on(*writer_connection_, work, *this);
    TRY(writer_connection_->query("PRAGMA query_only = OFF"));
    return result;
}

// VACUUM INTO reads one snapshot and does not hold up the writer, but does not sync what it wrote.
Result<> Database::backup_to(const std::string& path) {
    if (inside_closure_of(*this)) return nested_transaction();
    const auto part = path + ".part";
    ::unlink(part.c_str());
    create_private_file(part);
    if (in_memory()) {
        std::lock_guard lock(writer_mutex_);
        TRY(writer_connection_->execute("VACUUM INTO $1", std::span<const Param>({Param(part)})));
    } else {
        auto connection = TRY(Connection::open(path_, Role::writer));
        TRY(connection->execute("VACUUM INTO $1", std::span<const Param>({Param(part)})));
    }
    TRY(sync_path(part));
    if (::rename(part.c_str(), path.c_str()) != 0) return file_failure(path);
    return sync_path(folder_of(path));
}

}  // namespace

Result<std::unique_ptr<Db>> open_database(const std::string& path, const Settings& settings) {
    auto writer = TRY(Connection::open(path, Role::writer));
    std::unique_ptr<Connection> checkpoints;
    if (path != memory_path) checkpoints = TRY(Connection::open(path, Role::checkpointer));
    return std::unique_ptr<Db>(
        std::make_unique<Database>(path, std::move(writer), std::move(checkpoints), settings));
}

}  // namespace kith::sql::sqlite
