#include "storage/sql/migrations.hpp"

#include "base/core/thread.hpp"
#include "tests/contract/storage/engines.hpp"

#include <vector>

using namespace kith;
using namespace kith::test;
using sql::Migration;

BOOST_AUTO_TEST_SUITE(sql_migrations)

static const Migration people{1, "people", R"(
-- Who is here; and this comment ends with a semicolon;
CREATE TABLE person (
  id BIGINT PRIMARY KEY,   -- drawn by the application;
  name TEXT NOT NULL DEFAULT 'a; b -- c'
);
CREATE INDEX person_name ON person (name);
)"};
static const Migration friends{2, "friends", "CREATE TABLE friend (a BIGINT, b BIGINT)"};
static const Migration broken{2, "friends",
                              "CREATE TABLE friend (a BIGINT);\nINSERT INTO nowhere VALUES (1);"};

static bool has_table(sql::Db& db, std::string_view name) {
    return db.read([&](sql::Tx& tx) { return tx.query("SELECT 1 FROM " + std::string(name)); })
        .has_value();
}

KITH_STORAGE_TEST(steps_are_applied_once_and_in_order) {
    const Migration first[] = {people};
    const Migration both[] = {people, friends};
    BOOST_TEST(must_fail(sql::check_schema(db, first)) == Code::conflict);
    BOOST_TEST(must(sql::migrate(db, first, 11)) == 1);
    must(sql::check_schema(db, first));
    execute(db, "INSERT INTO person (id) VALUES (1)");
    BOOST_TEST(query(db, "SELECT name FROM person")[0].text(0) == "a; b -- c");
    BOOST_TEST(must_fail(sql::check_schema(db, both)) == Code::conflict);
    BOOST_TEST(must(sql::migrate(db, both, 22)) == 1);
    BOOST_TEST(must(sql::migrate(db, both, 33)) == 0);
    must(sql::check_schema(db, both));
    const auto rows =
        query(db, "SELECT number, name, applied_at FROM schema_migration ORDER BY number");
    BOOST_REQUIRE(rows.size() == 2u);
    BOOST_TEST(rows[0].integer(2) == 11);
    BOOST_TEST(rows[1].text(1) == "friends");
    BOOST_TEST(rows[1].integer(2) == 22);
}

KITH_STORAGE_TEST(a_failing_step_leaves_nothing_and_is_resumed) {
    const Migration wrong[] = {people, broken};
    const Migration right[] = {people, friends};
    BOOST_TEST(must_fail(sql::migrate(db, wrong, 1)) == Code::internal);
    BOOST_TEST(has_table(db, "person"));
    BOOST_TEST(!has_table(db, "friend"));
    BOOST_TEST(must(sql::migrate(db, right, 2)) == 1);
    BOOST_TEST(has_table(db, "friend"));
}

KITH_STORAGE_TEST(a_database_of_a_newer_version_is_refused) {
    const Migration older[] = {people};
    const Migration newer[] = {people, friends};
    const Migration other[] = {people, {2, "foes", "CREATE TABLE foe (a BIGINT)"}};
    must(sql::migrate(db, newer, 1));
    auto refused = sql::migrate(db, older, 2);
    BOOST_TEST(must_fail(refused) == Code::conflict);
    BOOST_TEST(refused.error().safe_text.find("2 \"friends\"") != std::string::npos);
    BOOST_TEST(must_fail(sql::check_schema(db, older)) == Code::conflict);
    BOOST_TEST(must_fail(sql::migrate(db, other, 2)) == Code::conflict);
    BOOST_TEST(!has_table(db, "foe"));
}

KITH_STORAGE_TEST(a_gap_in_the_numbers_is_our_fault) {
    const Migration gap[] = {people, {3, "friends", "SELECT 1"}};
    BOOST_TEST(must_fail(sql::migrate(db, gap, 1)) == Code::internal);
    BOOST_TEST(!has_table(db, "person"));
}

KITH_SHARED_STORAGE_TEST(several_that_migrate_at_once_do_it_once) {
    const Migration steps[] = {people, friends};
    std::vector<std::unique_ptr<sql::Db>> dbs;
    for (int i = 0; i < 4; ++i) dbs.push_back(engine.open_another());
    std::vector<Result<int>> results(dbs.size(), 0);
    {
        std::vector<Thread> threads;
        for (std::size_t i = 0; i < dbs.size(); ++i)
            threads.emplace_back("migrate",
                                 [&, i] { results[i] = sql::migrate(*dbs[i], steps, 1); });
    }
    int applied = 0;
    for (auto& result : results) applied += must(result);
    BOOST_TEST(applied == 2);
}

BOOST_AUTO_TEST_SUITE_END()
