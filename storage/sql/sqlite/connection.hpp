#pragma once
#include "storage/sql/closure.hpp"
#include "storage/sql/statement_cache.hpp"

#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace kith::sql::sqlite {

enum class Role { writer, reader, checkpointer };

inline constexpr std::string_view memory_path = ":memory:";

// Makes an empty file of mode 0600 where there is none: a database must not be readable by others
// for a moment either, and SQLite cannot be told a mode. Its -wal and -shm files take over the mode
// of the file. Errors show when SQLite opens it.
void create_private_file(const std::string& path);

// One connection with its prepared statements. For one thread at a time.
class Connection {
public:
    // `path` is a file or memory_path; a file is made (mode 0600) by a writer only. Errors:
    // Code::unavailable with SQLite's reason.
    static Result<std::unique_ptr<Connection>> open(const std::string& path, Role);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Errors as in Tx::query.
    Result<Rows> query(std::string_view sql, std::span<const Param> = {});
    Result<std::int64_t> execute(std::string_view sql, std::span<const Param> = {});

    // False also after SQLite rolled back on its own, as it does when the disk is full.
    bool in_transaction() const;
    // Ends what is open; without a transaction nothing.
    void rollback();
    // Pages in the log after this writer's last commit.
    int log_pages() const { return log_pages_; }

private:
    struct Statement {
        struct Finalize {
            void operator()(sqlite3_stmt*) const;
        };
        std::unique_ptr<sqlite3_stmt, Finalize> handle;
        std::vector<int> indices;  // of $1, $2 …: SQLite numbers names by their first appearance
    };

    explicit Connection(sqlite3* handle);
    Result<> configure(Role);
    Result<Statement*> prepare(std::string_view sql);
    Result<> bind(const Statement&, std::string_view sql, std::span<const Param>);
    template <class EachRow>
    Result<> step(std::string_view sql, std::span<const Param>, EachRow);
    Failure failure(std::string_view sql) const;

    sqlite3* handle_;
    int log_pages_ = 0;
    StatementCache<Statement> statements_;
};

// A closure's view of a connection.
class ConnectionTx final : public StrictTx {
public:
    explicit ConnectionTx(Connection& connection)
        : StrictTx(Engine::sqlite), connection_(connection) {}

private:
    Result<Rows> run_query(std::string_view sql, std::span<const Param> params) override {
        return connection_.query(sql, params);
    }
    Result<std::int64_t> run_execute(std::string_view sql, std::span<const Param> params) override {
        return connection_.execute(sql, params);
    }
    Connection& connection_;
};

}  // namespace kith::sql::sqlite
