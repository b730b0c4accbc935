#include "tests/contract/storage/engines.hpp"

#include <limits>

using namespace kith;
using namespace kith::test;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(sql_values)

static void make_table(sql::Db& db) {
    create(db, {"CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, b BOOLEAN, "
                "s TEXT, d BYTEA)"});
}

KITH_STORAGE_TEST(integers_keep_all_their_bits) {
    make_table(db);
    using Limits = std::numeric_limits<std::int64_t>;
    std::int64_t id = 0;
    for (const std::int64_t value : {Limits::min(), std::int64_t{-1}, std::int64_t{0},
                                     (std::int64_t{1} << 53) + 1, Limits::max()}) {
        execute(db, "INSERT INTO t (id, n) VALUES ($1, $2)", {++id, value});
        BOOST_TEST(query_integer(db, "SELECT n FROM t WHERE n = $1 AND id = $2", {value, id}) ==
                   value);
    }
}

KITH_STORAGE_TEST(null_is_none_of_the_values) {
    make_table(db);
    execute(db, "INSERT INTO t (id, n, x, b, s, d) VALUES ($1, $2, $3, $4, $5, $6)",
            {1, nullptr, std::optional<double>(), std::optional<bool>(),
             std::optional<std::string>(), nullptr});
    execute(db, "INSERT INTO t (id, s, d) VALUES ($1, $2, $3)",
            {2, std::string_view(), sql::Blob{std::string_view()}});
    const auto rows = query(db, "SELECT n, x, b, s, d FROM t ORDER BY id");
    for (std::size_t column = 0; column < 5; ++column) BOOST_TEST(rows[0].is_null(column));
    BOOST_TEST(rows[0].integer(0) == 0);
    BOOST_TEST(!rows[0].maybe_integer(0).has_value());
    BOOST_TEST(!rows[0].maybe_text(3).has_value());
    BOOST_TEST(!rows[1].is_null(3));  // an empty view is an empty text, not NULL
    BOOST_TEST(!rows[1].is_null(4));
    BOOST_TEST(rows[1].text(3) == "");
}

KITH_STORAGE_TEST(text_goes_through_unchanged) {
    make_table(db);
    const std::string long_text(1 << 20, 'x');
    const std::string_view texts[] = {
        "",       "it's \"quoted\" \\ $1 ?", "日本語 é 👩‍👩‍👧", "NULL", "a\nb\tc",
        long_text};
    std::int64_t id = 0;
    for (const auto text : texts) {
        execute(db, "INSERT INTO t (id, s) VALUES ($1, $2)", {++id, text});
        const auto rows = query(db, "SELECT s FROM t WHERE id = $1 AND s = $2", {id, text});
        BOOST_REQUIRE(rows.size() == 1u);
        BOOST_TEST((rows[0].text(0) == text));
    }
}

KITH_STORAGE_TEST(blobs_hold_every_byte) {
    make_table(db);
    std::string bytes;
    for (int i = 0; i < 512; ++i) bytes += static_cast<char>(i);
    execute(db, "INSERT INTO t (id, d) VALUES (1, $1)", {sql::Blob{bytes}});
    const auto rows = query(db, "SELECT d FROM t WHERE d = $1", {sql::Blob{bytes}});
    BOOST_REQUIRE(rows.size() == 1u);
    BOOST_TEST((rows[0].text(0) == bytes));
}

KITH_STORAGE_TEST(booleans_and_reals_come_back) {
    make_table(db);
    const double values[] = {0.1, -1e300, 5e-324, 1.0 / 3, 0.0};
    std::int64_t id = 0;
    for (const double value : values)
        execute(db, "INSERT INTO t (id, x, b) VALUES ($1, $2, $3)", {++id, value, id % 2 == 0});
    const auto rows = query(db, "SELECT x, b FROM t ORDER BY id");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        BOOST_TEST(rows[i].real(0) == values[i]);
        BOOST_TEST(rows[i].boolean(1) == ((i + 1) % 2 == 0));
    }
    BOOST_TEST(query_integer(db, "SELECT count(*) FROM t WHERE b") == 2);
    BOOST_TEST(query_integer(db, "SELECT count(*) FROM t WHERE b = $1", {false}) == 3);
    BOOST_TEST(query(db, "SELECT id > 2 FROM t ORDER BY id")[4].boolean(0));
}

KITH_STORAGE_TEST(what_one_engine_cannot_hold_both_refuse) {
    make_table(db);
    auto insert = [&](std::string_view column, sql::Param value) {
        return db.write([&](sql::Tx& tx) {
            return tx.execute("INSERT INTO t (id, " + std::string(column) + ") VALUES (1, $1)",
                              {value});
        });
    };
    BOOST_TEST(must_fail(insert("s", "a\0b"sv)) == Code::invalid);
    BOOST_TEST(must_fail(insert("x", std::numeric_limits<double>::infinity())) == Code::invalid);
    BOOST_TEST(must_fail(insert("x", std::numeric_limits<double>::quiet_NaN())) == Code::invalid);
    BOOST_TEST(query_integer(db, "SELECT count(*) FROM t") == 0);
}

KITH_STORAGE_TEST(sums_and_averages_are_numbers) {
    make_table(db);
    for (int i = 1; i <= 4; ++i) execute(db, "INSERT INTO t (id, n) VALUES ($1, $1)", {i});
    const auto rows =
        query(db, "SELECT sum(n), avg(n), count(*), max(n), coalesce(sum(x), 0) FROM t");
    BOOST_TEST(rows[0].integer(0) == 10);
    BOOST_TEST(rows[0].real(1) == 2.5);
    BOOST_TEST(rows[0].integer(2) == 4);
    BOOST_TEST(rows[0].integer(3) == 4);
    BOOST_TEST(rows[0].integer(4) == 0);
}

KITH_STORAGE_TEST(parameters_go_by_number_not_by_appearance) {
    make_table(db);
    execute(db, "INSERT INTO t (s, n, id) VALUES ($3, $2, $1)", {7, 8, "nine"});
    const auto rows =
        query(db, "SELECT id, n, s FROM t WHERE n = $2 AND id = $1 AND id < $2", {7, 8});
    BOOST_REQUIRE(rows.size() == 1u);
    BOOST_TEST(rows[0].integer(0) == 7);
    BOOST_TEST(rows[0].text(2) == "nine");
}

KITH_STORAGE_TEST(lists_of_ids_and_texts_are_one_parameter) {
    make_table(db);
    for (int i = 1; i <= 5; ++i)
        execute(db, "INSERT INTO t (id, s) VALUES ($1, $2)", {i, "it's " + std::to_string(i)});
    const auto by_id = "SELECT id FROM t WHERE " + db.dialect().in_ids("t.id", 1) + " ORDER BY id";
    const auto rows = query(db, by_id, {"[2,5,77]"});
    BOOST_REQUIRE(rows.size() == 2u);
    BOOST_TEST(rows[1].integer(0) == 5);
    BOOST_TEST(query(db, by_id, {"[]"}).empty());
    const auto by_text = "SELECT id FROM t WHERE id > $1 AND " + db.dialect().in_texts("s", 2);
    BOOST_TEST(query(db, by_text, {0, R"(["it's 3", "\"", "it's 1"])"}).size() == 2u);
    BOOST_TEST(query(db, by_text, {1, R"(["it's 3", "it's 1"])"}).size() == 1u);
}

KITH_STORAGE_TEST(text_sorts_by_bytes) {
    make_table(db);
    std::int64_t id = 0;
    for (const char* text : {"b", "é", "B", "a", "日", "-a"})
        execute(db, "INSERT INTO t (id, s) VALUES ($1, $2)", {++id, text});
    std::string order;
    for (const auto& row : query(db, "SELECT s FROM t ORDER BY s")) order += row.str(0) + " ";
    BOOST_TEST(order == "-a B a b é 日 ");
}

KITH_STORAGE_TEST(a_cell_that_is_not_there_reads_as_nothing) {
    const auto rows = query(db, "SELECT 1, 'text' WHERE 1 = 1");
    BOOST_TEST(rows[0].integer(1) == 0);  // another type
    BOOST_TEST(rows[0].text(0) == "");
    BOOST_TEST(rows[0].is_null(2));  // beyond the columns, and beyond the rows
    BOOST_TEST(rows[1].is_null(0));
    BOOST_TEST(query(db, "SELECT 1 WHERE 1 = 0").empty());
}

BOOST_AUTO_TEST_SUITE_END()
