#pragma once
#include "storage/sql/db.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <tuple>

namespace kith::test {

enum class EngineKind { sqlite_memory, sqlite_file, postgres };

// An empty database of its own for one test case. Throws std::runtime_error where it cannot be had.
class EngineFixture {
public:
    explicit EngineFixture(EngineKind);
    ~EngineFixture();

    EngineKind kind() const { return kind_; }
    bool is_sqlite() const { return kind_ != EngineKind::postgres; }
    const sql::Settings& settings() const { return settings_; }
    // A folder of this case, removed after it.
    const std::string& folder() const { return folder_; }

    sql::Db& db() { return *db_; }
    // Another Db on the same data; not for sqlite_memory.
    std::unique_ptr<sql::Db> open_another() const;
    void close() { db_.reset(); }
    // Closes it where it is open. In memory this gives an empty database.
    sql::Db& reopen();

private:
    EngineKind kind_;
    std::string folder_;
    sql::Settings settings_;
    std::unique_ptr<sql::Db> db_;
};

// Named as the test's list shows them: case_name<kith::test::SqliteFile>.
struct SqliteMemory {
    static constexpr auto kind = EngineKind::sqlite_memory;
};
struct SqliteFile {
    static constexpr auto kind = EngineKind::sqlite_file;
};
struct Postgres {
    static constexpr auto kind = EngineKind::postgres;
};
using AllEngines = std::tuple<SqliteMemory, SqliteFile, Postgres>;
using SharedEngines = std::tuple<SqliteFile, Postgres>;

// The value of a Result; an error ends the test case with its detail.
template <class T>
T must(Result<T> result) {
    if (!result) {
        BOOST_FAIL(to_string(result.error().code)
                   << ": " << result.error().safe_text << " (" << result.error().detail << ")");
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// The code of an error; ends the test case where there is none.
template <class T>
Code must_fail(const Result<T>& result) {
    if (result) BOOST_FAIL("succeeded where an error was expected");
    return result.error().code;
}

// One statement in a transaction of its own.
std::int64_t execute(sql::Db&, std::string_view text, std::initializer_list<sql::Param> = {});
sql::Rows query(sql::Db&, std::string_view text, std::initializer_list<sql::Param> = {});
// The first column of the first row.
std::int64_t query_integer(sql::Db&, std::string_view text, std::initializer_list<sql::Param> = {});
// Schema statements, each in the common dialect (sql::Dialect::schema).
void create(sql::Db&, std::initializer_list<std::string_view> statements);

}  // namespace kith::test

// Boost.Test prints codes by name.
namespace kith {
inline std::ostream& operator<<(std::ostream& out, Code code) { return out << to_string(code); }
}  // namespace kith

// KITH_STORAGE_TEST(sentence) { … db … engine … }: one test case on each of the three engines, each
// with an empty database.
#define KITH_STORAGE_TEST(sentence) KITH_STORAGE_TEST_ON(kith::test::AllEngines, sentence)

// The same on those that outlive a Db and that several can open.
#define KITH_SHARED_STORAGE_TEST(sentence) KITH_STORAGE_TEST_ON(kith::test::SharedEngines, sentence)

#define KITH_STORAGE_TEST_ON(engines, sentence)                                      \
    static void sentence##_on(kith::test::EngineFixture& engine, kith::sql::Db& db); \
    BOOST_AUTO_TEST_CASE_TEMPLATE(sentence, Engine, engines) {                       \
        kith::test::EngineFixture engine(Engine::kind);                              \
        sentence##_on(engine, engine.db());                                          \
    }                                                                                \
    static void sentence##_on([[maybe_unused]] kith::test::EngineFixture& engine,    \
                              [[maybe_unused]] kith::sql::Db& db)
