#include "storage/sql/postgres/connection.hpp"

#include "base/core/log.hpp"
#include "config/limits/storage.hpp"
#include "storage/sql/postgres/values.hpp"

#include <libpq-fe.h>
#include <charconv>

namespace kith::sql::postgres {

namespace {

// What every session relies on, whatever the server's configuration says. A write is acknowledged
// after it is on disk, so synchronous_commit is not left to chance.
std::string session_settings() {
    return "SET client_min_messages = warning; SET bytea_output = hex; SET synchronous_commit = "
           "on; "
           "SET TimeZone = 'UTC'; SET statement_timeout = " +
           std::to_string(limits::postgres_statement_timeout_ms);
}

// SQLSTATE classes: https://www.postgresql.org/docs/15/errcodes-appendix.html
Code code_of(std::string_view state) {
    if (state.starts_with("23")) return Code::conflict;  // integrity constraint violation
    if (state == "22021" || state == "22P05") return Code::invalid;  // not UTF-8, NUL in JSON
    if (state == "54000") return Code::too_large;              // index row beyond a page's third
    if (state.starts_with("53") || state.starts_with("57") ||  // resources; operator intervention
        state.starts_with("40"))                               // transaction rollback
        return Code::unavailable;
    return Code::internal;
}

std::string_view safe_text(Code code) {
    switch (code) {
        case Code::conflict:
            return "The state does not allow it";
        case Code::invalid:
            return "Text that is not valid UTF-8";
        case Code::too_large:
            return "Too large";
        case Code::unavailable:
            return "The database is not available";
        default:
            return "Internal error";
    }
}

std::string trimmed(const char* message) {
    std::string out = message ? message : "";
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

void log_notice(void*, const char* message) {
    log::warn("postgres.notice", {{"message", trimmed(message)}});
}

}  // namespace

void Connection::Clear::operator()(pg_result* answer) const { PQclear(answer); }

Connection::Connection(pg_conn* handle)
    : handle_(handle), statements_(limits::sql_statements_cached_max) {}

Connection::~Connection() { PQfinish(handle_); }

Result<std::unique_ptr<Connection>> Connection::open(const std::string& url) {
    const auto timeout = std::to_string(limits::postgres_connect_timeout_s);
    // Later ones win over earlier ones: the URL may set its own timeout, but not the encoding.
    const char* const names[] = {"connect_timeout", "fallback_application_name", "dbname",
                                 "client_encoding", nullptr};
    const char* const values[] = {timeout.c_str(), "kith", url.c_str(), "UTF8", nullptr};
    auto connection = std::unique_ptr<Connection>(
        new Connection(PQconnectdbParams(names, values, /*expand_dbname=*/1)));
    auto* handle = connection->handle_;
    if (PQstatus(handle) != CONNECTION_OK)
        return fail(Code::unavailable, "The database cannot be reached",
                    trimmed(PQerrorMessage(handle)));
    PQsetNoticeProcessor(handle, log_notice, nullptr);
    if (auto set = connection->command(session_settings().c_str()); !set)
        return fail(Code::unavailable, "The database cannot be used", set.error().detail);
    return connection;
}

Result<std::string> Connection::prepare(std::string_view sql) {
    if (const auto* known = statements_.find(sql)) return *known;
    if (sql.find('\0') != sql.npos)
        return fail(Code::internal, "Internal error", "NUL in a statement");
    auto name = "s" + std::to_string(++last_name_);
    const Answer answer(PQprepare(handle_, name.c_str(), std::string(sql).c_str(), 0, nullptr));
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return failure(answer.get(), sql);
    if (auto evicted = statements_.insert(sql, name))
        TRY(command(("DEALLOCATE " + *evicted).c_str()));
    return name;
}

Result<Connection::Answer> Connection::run(std::string_view sql, std::span<const Param> params) {
    const auto arguments = TRY(Arguments::from(params));
    const auto name = TRY(prepare(sql));
    Answer answer(PQexecPrepared(handle_, name.c_str(), arguments.count(), arguments.values(),
                                 arguments.lengths(), arguments.formats(), /*resultFormat=*/0));
    const auto status = PQresultStatus(answer.get());
    if (status == PGRES_EMPTY_QUERY)
        return fail(Code::internal, "Internal error", "no statement in: " + std::string(sql));
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return failure(answer.get(), sql);
    return answer;
}

Result<Rows> Connection::query(std::string_view sql, std::span<const Param> params) {
    const auto answer = TRY(run(sql, params));
    return rows_from(answer.get());
}

Result<std::int64_t> Connection::execute(std::string_view sql, std::span<const Param> params) {
    const auto answer = TRY(run(sql, params));
    // Empty where the command has none; for a SELECT it would be the number of rows read.
    const std::string_view tag = PQcmdStatus(answer.get());
    const std::string_view number = tag.starts_with("SELECT") ? "" : PQcmdTuples(answer.get());
    std::int64_t changed = 0;
    std::from_chars(number.data(), number.data() + number.size(), changed);
    return changed;
}

Result<> Connection::command(const char* sql) {
    last_state_.clear();  // a transaction begins with a command: its failures are its own
    const Answer answer(PQexec(handle_, sql));
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return failure(answer.get(), sql);
    return {};
}

Result<> Connection::commit() {
    const Answer answer(PQexec(handle_, "COMMIT"));
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return failure(answer.get(), "COMMIT");
    // The server answers COMMIT of a failed transaction with success and this tag.
    if (PQcmdStatus(answer.get()) == std::string_view("ROLLBACK"))
        return fail(Code::internal, "Internal error", "COMMIT of a failed transaction");
    return {};
}

bool Connection::lost() const { return broken_ || PQstatus(handle_) != CONNECTION_OK; }

bool Connection::failed_by_race() const { return last_state_ == "40001" || last_state_ == "40P01"; }

Failure Connection::failure(pg_result* answer, std::string_view sql) {
    const char* state = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
    last_state_ = state ? state : "";
    // What has no SQLSTATE comes from libpq, whose status may stay "ok" after a failed write. 57P01
    // to 57P03 are shutdown, crash and starting up: the closed socket is seen only next time.
    if (last_state_.empty() || last_state_.starts_with("57P0")) broken_ = true;
    const auto code = lost() ? Code::unavailable : code_of(last_state_);
    const char* message = answer ? PQresultErrorMessage(answer) : PQerrorMessage(handle_);
    return fail(code, std::string(safe_text(code)), trimmed(message) + " in: " + std::string(sql));
}

}  // namespace kith::sql::postgres
