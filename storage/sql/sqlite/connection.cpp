#include "storage/sql/sqlite/connection.hpp"

#include "config/limits/storage.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include <cmath>

namespace kith::sql::sqlite {

namespace {

Code code_of(int status) {
    switch (status & 0xff) {
        case SQLITE_CONSTRAINT:
            return Code::conflict;
        case SQLITE_TOOBIG:
            return Code::too_large;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_NOMEM:
            return Code::unavailable;
        default:
            return Code::internal;
    }
}

std::string_view safe_text(Code code) {
    switch (code) {
        case Code::conflict:
            return "The state does not allow it";
        case Code::too_large:
            return "Too large";
        case Code::unavailable:
            return "The database is not available";
        default:
            return "Internal error";
    }
}

// What follows the first statement may only be blanks and semicolons.
bool is_blank(std::string_view tail) { return tail.find_first_not_of(" \t\r\n;") == tail.npos; }

int bind_one(sqlite3_stmt* statement, int index, const Param& param) {
    const auto text = param.text();
    // SQLite takes a null pointer for NULL, but an empty view may have one.
    const char* data = text.data() ? text.data() : "";
    switch (param.type()) {
        case Param::Type::null:
            return sqlite3_bind_null(statement, index);
        case Param::Type::integer:
        case Param::Type::boolean:
            return sqlite3_bind_int64(statement, index, param.integer());
        case Param::Type::real:
            return sqlite3_bind_double(statement, index, param.real());
        case Param::Type::text:
            return sqlite3_bind_text64(statement, index, data, text.size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        case Param::Type::blob:
            return sqlite3_bind_blob64(statement, index, data, text.size(), SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

void add_cell(Rows& rows, sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            return rows.add_integer(sqlite3_column_int64(statement, column));
        case SQLITE_FLOAT:
            return rows.add_real(sqlite3_column_double(statement, column));
        case SQLITE_TEXT:
        case SQLITE_BLOB: {
            // The pointer before the size: in this order SQLite promises that they belong together.
            const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
            return rows.add_text({data ? data : "", size});
        }
        default:
            return rows.add_null();
    }
}

}  // namespace

void create_private_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_CLOEXEC | O_RDWR, 0600);
    if (file >= 0) ::close(file);
}

void Connection::Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Connection::Connection(sqlite3* handle)
    : handle_(handle), statements_(limits::sql_statements_cached_max) {}

Connection::~Connection() {
    statements_.clear();
    sqlite3_close(handle_);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Role role) {
    if (role == Role::writer && path != memory_path) create_private_file(path);
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    const int status = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    auto connection = std::unique_ptr<Connection>(new Connection(handle));
    if (status != SQLITE_OK)
        return fail(Code::unavailable, "The database cannot be opened",
                    path + ": " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(status)));
    if (auto configured = connection->configure(role); !configured)
        return fail(Code::unavailable, "The database cannot be opened",
                    path + ": " + configured.error().detail);
    return connection;
}

Result<> Connection::configure(Role role) {
    using std::to_string;
    sqlite3_busy_timeout(handle_, limits::sqlite_busy_timeout_ms);
    TRY(query("PRAGMA temp_store = MEMORY"));
    TRY(query("PRAGMA synchronous = FULL"));
    // The file grows in steps: each other size makes every reader map it anew.
    int chunk_bytes = limits::sqlite_growth_bytes;
    sqlite3_file_control(handle_, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk_bytes);
    if (role == Role::checkpointer) return {};
    if (role == Role::reader) {
        TRY(query("PRAGMA query_only = ON"));
        TRY(query("PRAGMA cache_size = -" + to_string(limits::sqlite_reader_cache_kib)));
        TRY(query("PRAGMA mmap_size = " + to_string(limits::sqlite_mmap_bytes_max)));
        return {};
    }
    auto mode = TRY(query("PRAGMA journal_mode = WAL"));
    if (mode.empty() || (mode[0].text(0) != "wal" && mode[0].text(0) != "memory"))
        return fail(Code::unavailable, "The database cannot be opened",
                    "its file system allows no WAL");
    // Takes the place of SQLite's own checkpoints, which would run within commits.
    sqlite3_wal_hook(
        handle_,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Connection*>(self)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
    TRY(query("PRAGMA foreign_keys = ON"));
    TRY(query("PRAGMA cache_size = -" + to_string(limits::sqlite_writer_cache_kib)));
    TRY(query("PRAGMA journal_size_limit = " + to_string(limits::sqlite_journal_bytes_max)));
    return {};
}

Result<Connection::Statement*> Connection::prepare(std::string_view sql) {
    if (auto* known = statements_.find(sql)) return known;
    if (sql.find('\0') != sql.npos)
        return fail(Code::internal, "Internal error", "NUL in a statement");
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    const int status = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &handle, &tail);
    Statement statement{std::unique_ptr<sqlite3_stmt, Statement::Finalize>(handle), {}};
    if (status != SQLITE_OK) return failure(sql);
    if (!handle || !is_blank(sql.substr(static_cast<std::size_t>(tail - sql.data()))))
        return fail(Code::internal, "Internal error",
                    "not exactly one statement: " + std::string(sql));
    const int count = sqlite3_bind_parameter_count(handle);
    for (int n = 1; n <= count; ++n) {
        const auto name = "$" + std::to_string(n);
        statement.indices.push_back(sqlite3_bind_parameter_index(handle, name.c_str()));
        if (statement.indices.back() == 0)
            return fail(Code::internal, "Internal error",
                        name + " is missing in: " + std::string(sql));
    }
    statements_.insert(sql, std::move(statement));
    return statements_.find(sql);
}

Result<> Connection::bind(const Statement& statement, std::string_view sql,
                          std::span<const Param> params) {
    if (params.size() != statement.indices.size())
        return fail(Code::internal, "Internal error",
                    std::to_string(params.size()) + " parameters given to: " + std::string(sql));
    for (std::size_t i = 0; i < params.size(); ++i) {
        const auto& param = params[i];
        // SQLite would take these; PostgreSQL cannot.
        if (param.type() == Param::Type::text && param.text().find('\0') != std::string_view::npos)
            return fail(Code::invalid, "Text with a NUL character");
        if (param.type() == Param::Type::real && !std::isfinite(param.real()))
            return fail(Code::invalid, "Not a finite number");
        const int status = bind_one(statement.handle.get(), statement.indices[i], param);
        if (status != SQLITE_OK) return failure(sql);
    }
    return {};
}

template <class EachRow>
Result<> Connection::step(std::string_view sql, std::span<const Param> params, EachRow each_row) {
    const auto* statement = TRY(prepare(sql));
    auto* handle = statement->handle.get();
    // A statement that is not reset keeps its locks; one that keeps its bindings points into the
    // dark.
    struct Reset {
        sqlite3_stmt* handle;
        ~Reset() {
            sqlite3_reset(handle);
            sqlite3_clear_bindings(handle);
        }
    } reset{handle};
    TRY(bind(*statement, sql, params));
    for (;;) {
        const int status = sqlite3_step(handle);
        if (status == SQLITE_DONE) return {};
        if (status != SQLITE_ROW) return failure(sql);
        TRY(each_row(handle));
    }
}

Result<Rows> Connection::query(std::string_view sql, std::span<const Param> params) {
    std::optional<Rows> rows;
    TRY(step(sql, params, [&](sqlite3_stmt* statement) -> Result<> {
        const int columns = sqlite3_column_count(statement);
        if (!rows) rows.emplace(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) add_cell(*rows, statement, column);
        if (rows->text_bytes() > limits::sql_result_text_bytes_max)
            return fail(Code::too_large, "Too large a result", std::string(sql));
        return {};
    }));
    return rows ? std::move(*rows) : Rows();
}

Result<std::int64_t> Connection::execute(std::string_view sql, std::span<const Param> params) {
    const auto before = sqlite3_total_changes64(handle_);
    TRY(step(sql, params, [](sqlite3_stmt*) -> Result<> { return {}; }));
    // What changes nothing leaves sqlite3_changes at the number of an earlier statement.
    if (sqlite3_total_changes64(handle_) == before) return std::int64_t{0};
    return std::int64_t{sqlite3_changes64(handle_)};
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void Connection::rollback() {
    // A failing ROLLBACK leaves in_transaction() true, which is what the caller looks at.
    if (in_transaction()) (void)execute("ROLLBACK");
}

Failure Connection::failure(std::string_view sql) const {
    const auto code = code_of(sqlite3_extended_errcode(handle_));
    return fail(code, std::string(safe_text(code)),
                std::string(sqlite3_errmsg(handle_)) + " in: " + std::string(sql));
}

}  // namespace kith::sql::sqlite
