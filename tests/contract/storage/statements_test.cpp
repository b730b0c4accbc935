#include "tests/contract/storage/engines.hpp"

#include "config/limits/storage.hpp"

#include <stdexcept>

using namespace kith;
using namespace kith::test;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(sql_statements)

static Code write_code(sql::Db& db, std::string_view text,
                       std::initializer_list<sql::Param> params = {}) {
    return must_fail(db.write([&](sql::Tx& tx) { return tx.execute(text, params); }));
}

KITH_STORAGE_TEST(a_violated_constraint_is_a_conflict) {
    create(db,
           {"CREATE TABLE parent (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            "CREATE TABLE child (id BIGINT PRIMARY KEY, parent_id BIGINT REFERENCES parent (id), "
            "n BIGINT CHECK (n > 0))"});
    execute(db, "INSERT INTO parent (id, name) VALUES (1, 'a')");
    BOOST_TEST(write_code(db, "INSERT INTO parent (id, name) VALUES (1, 'b')") == Code::conflict);
    BOOST_TEST(write_code(db, "INSERT INTO parent (id, name) VALUES (2, 'a')") == Code::conflict);
    BOOST_TEST(write_code(db, "INSERT INTO parent (id, name) VALUES (2, NULL)") == Code::conflict);
    BOOST_TEST(write_code(db, "INSERT INTO child (id, parent_id) VALUES (1, 9)") == Code::conflict);
    BOOST_TEST(write_code(db, "INSERT INTO child (id, n) VALUES (1, 0)") == Code::conflict);
    execute(db, "INSERT INTO child (id, parent_id, n) VALUES (1, 1, 1)");
    BOOST_TEST(write_code(db, "DELETE FROM parent WHERE id = 1") == Code::conflict);
}

KITH_STORAGE_TEST(a_wrong_statement_is_an_error_with_its_text) {
    auto wrong = db.read([](sql::Tx& tx) { return tx.query("SELECT no_such_column"); });
    BOOST_TEST(must_fail(wrong) == Code::internal);
    BOOST_TEST(wrong.error().detail.find("SELECT no_such_column") != std::string::npos);
    BOOST_TEST(wrong.error().safe_text.find("SELECT") == std::string::npos);
    for (const auto text :
         {"SELEC 1"sv, ""sv, "-- nothing"sv, "SELECT 1; SELECT 2"sv, "SELECT '\0'"sv})
        BOOST_TEST(must_fail(db.read([&](sql::Tx& tx) { return tx.query(text); })) ==
                   Code::internal);
    BOOST_TEST(query_integer(db, "SELECT 1") == 1);  // the connections are still good
}

KITH_STORAGE_TEST(a_wrong_number_of_parameters_is_an_error) {
    create(db, {"CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT)"});
    const auto text = "INSERT INTO t (id, n) VALUES ($1, $2)";
    BOOST_TEST(write_code(db, text, {1}) == Code::internal);
    BOOST_TEST(write_code(db, text, {1, 2, 3}) == Code::internal);
    BOOST_TEST(write_code(db, text) == Code::internal);
    BOOST_TEST(write_code(db, "INSERT INTO t (id, n) VALUES ($1, $3)", {1, 2, 3}) ==
               Code::internal);
    BOOST_TEST(execute(db, text, {1, 2}) == 1);
}

KITH_STORAGE_TEST(execute_counts_the_rows_it_changed) {
    create(db, {"CREATE TABLE parent (id BIGINT PRIMARY KEY)",
                "CREATE TABLE child (id BIGINT PRIMARY KEY, "
                "parent_id BIGINT REFERENCES parent (id) ON DELETE CASCADE)"});
    BOOST_TEST(execute(db, "INSERT INTO parent (id) VALUES (1), (2), (3)") == 3);
    BOOST_TEST(execute(db, "INSERT INTO child (id, parent_id) VALUES (1, 1), (2, 1)") == 2);
    BOOST_TEST(execute(db, "INSERT INTO parent (id) VALUES (1) ON CONFLICT DO NOTHING") == 0);
    BOOST_TEST(execute(db, "UPDATE parent SET id = id WHERE id > 100") == 0);
    BOOST_TEST(execute(db, "CREATE INDEX child_parent ON child (parent_id)") == 0);
    BOOST_TEST(execute(db, "SELECT id FROM parent") == 0);
    BOOST_TEST(execute(db, "DELETE FROM parent WHERE id <= 2") == 2);  // not the cascade's
    BOOST_TEST(query_integer(db, "SELECT count(*) FROM child") == 0);
    const auto rows = must(db.write([](sql::Tx& tx) {
        return tx.query("INSERT INTO parent (id) VALUES (8), (9) RETURNING id");
    }));
    BOOST_TEST(rows.size() == 2u);
    BOOST_TEST(query_integer(db, "SELECT count(*) FROM parent") == 3);
}

KITH_STORAGE_TEST(a_read_cannot_write) {
    create(db, {"CREATE TABLE t (id BIGINT PRIMARY KEY)"});
    auto attempt = db.read([](sql::Tx& tx) { return tx.execute("INSERT INTO t (id) VALUES (1)"); });
    BOOST_TEST(must_fail(attempt) == Code::internal);
    BOOST_TEST(query_integer(db, "SELECT count(*) FROM t") == 0);
    BOOST_TEST(execute(db, "INSERT INTO t (id) VALUES (1)") == 1);
}

KITH_STORAGE_TEST(more_statements_than_the_cache_holds_still_work) {
    const auto count = static_cast<int>(limits::sql_statements_cached_max) + 40;
    const auto sum = must(db.read([&](sql::Tx& tx) -> Result<std::int64_t> {
        std::int64_t total = 0;
        for (int round = 0; round < 2; ++round)
            for (int i = 0; i < count; ++i)
                total += TRY(tx.query("SELECT " + std::to_string(i) + " + 0"))[0].integer(0);
        return total;
    }));
    BOOST_TEST(sum == std::int64_t{count} * (count - 1));
}

BOOST_AUTO_TEST_CASE(a_url_of_no_known_engine_is_refused) {
    for (const char* url : {"", "sqlite:", "mysql://localhost/kith", "/var/lib/kith.db"})
        BOOST_TEST(must_fail(sql::Db::open({.url = url})) == Code::invalid);
}

BOOST_AUTO_TEST_CASE(an_engine_that_cannot_be_reached_is_unavailable) {
    auto no_folder = sql::Db::open({.url = "sqlite:/no/such/folder/kith.db"});
    BOOST_TEST(must_fail(no_folder) == Code::unavailable);
    BOOST_TEST(no_folder.error().detail.find("/no/such/folder/kith.db") != std::string::npos);
    auto no_server = sql::Db::open({.url = "postgres://kith:secret@/kith?host=/no/such/folder"});
    BOOST_TEST(must_fail(no_server) == Code::unavailable);
    BOOST_TEST(no_server.error().detail.find("/no/such/folder") != std::string::npos);
    BOOST_TEST(no_server.error().detail.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
