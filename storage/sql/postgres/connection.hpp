#pragma once
#include "storage/sql/closure.hpp"
#include "storage/sql/statement_cache.hpp"

#include <memory>
#include <string>

struct pg_conn;
struct pg_result;

namespace kith::sql::postgres {

// One session with its prepared statements. For one thread at a time.
class Connection {
public:
    // Errors: Code::unavailable with the server's or libpq's reason.
    static Result<std::unique_ptr<Connection>> open(const std::string& url);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Errors as in Tx::query.
    Result<Rows> query(std::string_view sql, std::span<const Param>);
    Result<std::int64_t> execute(std::string_view sql, std::span<const Param>);

    // BEGIN, ROLLBACK and the like: one round trip, not prepared.
    Result<> command(const char* sql);
    // Succeeds only where the server says that it committed.
    Result<> commit();

    // The server or the way to it is gone: open another one.
    bool lost() const;
    // The last failure may not come again when the transaction is repeated (serialization failure,
    // deadlock).
    bool failed_by_race() const;

private:
    struct Clear {
        void operator()(pg_result*) const;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;

    explicit Connection(pg_conn* handle);
    Result<std::string> prepare(std::string_view sql);
    Result<Answer> run(std::string_view sql, std::span<const Param>);
    Failure failure(pg_result*, std::string_view sql);

    pg_conn* handle_;
    StatementCache<std::string> statements_;  // text → name on the server
    std::uint64_t last_name_ = 0;
    std::string last_state_;  // SQLSTATE of the last failure
    bool broken_ = false;
};

// A closure's view of a connection.
class ConnectionTx final : public StrictTx {
public:
    explicit ConnectionTx(Connection& connection)
        : StrictTx(Engine::postgres), connection_(connection) {}

private:
    Result<Rows> run_query(std::string_view sql, std::span<const Param> params) override {
        return connection_.query(sql, params);
    }
    Result<std::int64_t> run_execute(std::string_view sql, std::span<const Param> params) override {
        return connection_.execute(sql, params);
    }
    Connection& connection_;
};

}  // namespace kith::sql::postgres
