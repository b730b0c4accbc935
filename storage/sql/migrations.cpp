#include "storage/sql/migrations.hpp"

#include <vector>

namespace kith::sql {

namespace {

// PostgreSQL only: nobody else migrates until this transaction ends, and a step may take its time.
Result<> enter(Tx& tx) {
    if (tx.dialect().engine() != Engine::postgres) return {};
    // Any number: nothing else takes such locks.
    TRY(tx.query("SELECT pg_advisory_xact_lock(5278101)"));
    TRY(tx.execute("SET LOCAL statement_timeout = 0"));
    return {};
}

// Where the line's code ends: before a `--` that is not in quotes, without trailing blanks.
std::string_view code_of(std::string_view line) {
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (quote) {
            if (line[i] == quote) quote = 0;
        } else if (line[i] == '\'' || line[i] == '"') {
            quote = line[i];
        } else if (line.substr(i).starts_with("--")) {
            line = line.substr(0, i);
        }
    }
    const auto last = line.find_last_not_of(" \t\r");
    return last == line.npos ? std::string_view() : line.substr(0, last + 1);
}

// A statement ends where a line's code ends with ';', so that a trigger fits on one line.
std::vector<std::string> statements_of(std::string_view text) {
    std::vector<std::string> out;
    std::string statement;
    while (!text.empty()) {
        const auto newline = text.find('\n');
        const auto code = code_of(text.substr(0, newline));
        text.remove_prefix(newline == text.npos ? text.size() : newline + 1);
        if (code.empty()) continue;
        statement.append(code).append("\n");
        if (code.ends_with(';')) out.push_back(std::exchange(statement, {}));
    }
    if (!statement.empty()) out.push_back(std::move(statement));
    return out;
}

Result<> make_table(Tx& tx) {
    constexpr std::string_view text =
        "CREATE TABLE IF NOT EXISTS schema_migration "
        "(number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
    TRY(enter(tx));
    TRY(tx.execute(tx.dialect().schema(text)));
    return {};
}

Result<> check_numbers(std::span<const Migration> steps) {
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (steps[i].number != static_cast<int>(i) + 1)
            return fail(Code::internal, "Internal error",
                        "schema step " + std::to_string(steps[i].number) + " is out of order");
    return {};
}

// How many steps the database has; all of them must be ours, by number and name.
Result<std::size_t> applied_steps(Tx& tx, std::span<const Migration> steps) {
    const auto rows = TRY(tx.query("SELECT number, name FROM schema_migration ORDER BY number"));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto number = rows[i].integer(0);
        const auto described = std::to_string(number) + " \"" + rows[i].str(1) + "\"";
        if (i >= steps.size() || number != steps[i].number || rows[i].text(1) != steps[i].name)
            return fail(Code::conflict,
                        "The database was written by a newer version: it has schema step " +
                            described + ", which this one does not know");
    }
    return rows.size();
}

// True where it was applied now, false where somebody else did it meanwhile.
Result<bool> apply(Tx& tx, const Migration& step, TimeMs now_ms) {
    TRY(enter(tx));
    const auto done =
        TRY(tx.query("SELECT 1 FROM schema_migration WHERE number = $1", {step.number}));
    if (!done.empty()) return false;
    for (const auto& statement : statements_of(tx.dialect().schema(step.text)))
        TRY(tx.execute(statement));
    TRY(tx.execute("INSERT INTO schema_migration (number, name, applied_at) VALUES ($1, $2, $3)",
                   {step.number, step.name, now_ms}));
    return true;
}

}  // namespace

Result<int> migrate(Db& db, std::span<const Migration> steps, TimeMs now_ms) {
    TRY(check_numbers(steps));
    TRY(db.write(make_table));
    const auto present = TRY(db.read([&](Tx& tx) { return applied_steps(tx, steps); }));
    int applied = 0;
    for (const auto& step : steps.subspan(present))
        if (TRY(db.write([&](Tx& tx) { return apply(tx, step, now_ms); }))) ++applied;
    return applied;
}

Result<> check_schema(Db& db, std::span<const Migration> steps) {
    TRY(check_numbers(steps));
    // On an empty database there is no table to ask.
    const auto exists = TRY(db.read([](Tx& tx) {
        return tx.query(tx.dialect().engine() == Engine::postgres
                            ? "SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL"
                            : "SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration'");
    }));
    const auto present =
        exists.empty() ? 0 : TRY(db.read([&](Tx& tx) { return applied_steps(tx, steps); }));
    if (present < steps.size())
        return fail(Code::conflict, "The database's schema is at step " + std::to_string(present) +
                                        " of " + std::to_string(steps.size()) +
                                        ": run 'kith migrate'");
    return {};
}

}  // namespace kith::sql
