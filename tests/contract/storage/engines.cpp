#include "tests/contract/storage/engines.hpp"

#include "tests/contract/storage/postgres_cluster.hpp"

#include <stdlib.h>
#include <filesystem>
#include <stdexcept>

namespace kith::test {

namespace {

std::string temporary_folder() {
    auto path = (std::filesystem::temp_directory_path() / "kith-storage-XXXXXX").string();
    if (!::mkdtemp(path.data())) throw std::runtime_error("no temporary folder " + path);
    return path;
}

std::unique_ptr<sql::Db> open_or_throw(const sql::Settings& settings) {
    auto db = sql::Db::open(settings);
    if (!db) throw std::runtime_error(db.error().safe_text + ": " + db.error().detail);
    return std::move(*db);
}

}  // namespace

EngineFixture::EngineFixture(EngineKind kind) : kind_(kind), folder_(temporary_folder()) {
    switch (kind) {
        case EngineKind::sqlite_memory:
            settings_.url = "sqlite::memory:";
            break;
        case EngineKind::sqlite_file:
            settings_.url = "sqlite:" + folder_ + "/kith.db";
            break;
        case EngineKind::postgres:
            settings_.url = fresh_postgres_url();
            break;
    }
    reopen();
}

EngineFixture::~EngineFixture() {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::unique_ptr<sql::Db> EngineFixture::open_another() const { return open_or_throw(settings_); }

sql::Db& EngineFixture::reopen() {
    close();
    db_ = open_or_throw(settings_);
    return *db_;
}

std::int64_t execute(sql::Db& db, std::string_view text, std::initializer_list<sql::Param> params) {
    return must(db.write([&](sql::Tx& tx) { return tx.execute(text, params); }));
}

sql::Rows query(sql::Db& db, std::string_view text, std::initializer_list<sql::Param> params) {
    return must(db.read([&](sql::Tx& tx) { return tx.query(text, params); }));
}

std::int64_t query_integer(sql::Db& db, std::string_view text,
                           std::initializer_list<sql::Param> params) {
    const auto rows = query(db, text, params);
    BOOST_REQUIRE(!rows.empty());
    return rows[0].integer(0);
}

void create(sql::Db& db, std::initializer_list<std::string_view> statements) {
    must(db.write([&](sql::Tx& tx) -> Result<> {
        for (const auto statement : statements) TRY(tx.execute(tx.dialect().schema(statement)));
        return {};
    }));
}

}  // namespace kith::test
