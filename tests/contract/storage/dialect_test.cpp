#include "storage/sql/dialect.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using kith::sql::Dialect;
using kith::sql::Engine;

BOOST_AUTO_TEST_SUITE(sql_dialect)

static const Dialect sqlite(Engine::sqlite), postgres(Engine::postgres);

BOOST_AUTO_TEST_CASE(sqlite_keys_are_its_row_ids) {
    BOOST_TEST(sqlite.schema("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, d BYTEA, s TEXT)") ==
               "CREATE TABLE t (id INTEGER PRIMARY KEY, n BIGINT, d BLOB, s TEXT)");
}

BOOST_AUTO_TEST_CASE(postgres_text_sorts_by_bytes) {
    BOOST_TEST(
        postgres.schema("CREATE TABLE t (id BIGINT PRIMARY KEY, s TEXT NOT NULL, d BYTEA)") ==
        "CREATE TABLE t (id BIGINT PRIMARY KEY, s TEXT COLLATE \"C\" NOT NULL, d BYTEA)");
    BOOST_TEST(postgres.schema("CHECK (CAST(n AS TEXT) <> '')") == "CHECK (CAST(n AS TEXT) <> '')");
}

BOOST_AUTO_TEST_CASE(strings_names_comments_and_parts_of_words_stay) {
    const char* text =
        "DEFAULT 'TEXT of BYTEA', \"TEXT\" CONTEXT TEXTS BYTEA_COUNT -- TEXT BYTEA, it's\nx";
    BOOST_TEST(postgres.schema(text) == text);
    BOOST_TEST(sqlite.schema(text) == text);
    BOOST_TEST(postgres.schema("'unclosed TEXT") == "'unclosed TEXT");
    BOOST_TEST(postgres.schema("") == "");
}

BOOST_AUTO_TEST_CASE(locks_are_for_where_several_write) {
    BOOST_TEST(sqlite.skip_locked() == "");
    BOOST_TEST(sqlite.for_update() == "");
    BOOST_TEST(postgres.skip_locked() == " FOR UPDATE SKIP LOCKED");
    BOOST_TEST(postgres.for_update() == " FOR UPDATE");
}

BOOST_AUTO_TEST_CASE(a_table_to_search_in_is_each_engines_own) {
    BOOST_TEST(sqlite.schema("CREATE SEARCH TABLE found;\nCREATE TABLE t (s TEXT);") ==
               "CREATE VIRTUAL TABLE found USING fts5(words, tokenize = \"unicode61 remove_diacritics 0 categories 'L* M* N* "
               "Co'\");\nCREATE TABLE t (s TEXT);");
    BOOST_TEST(postgres.schema("CREATE SEARCH TABLE found;").starts_with("CREATE TABLE found (rowid BIGINT PRIMARY KEY, words TSVECTOR"));
    const std::vector<std::string> words{"two", "words"};
    BOOST_TEST(sqlite.search_query(words) == "\"two\" \"words\"");
    BOOST_TEST(postgres.search_query(words) == "'two' & 'words'");
    BOOST_TEST(sqlite.search_query({}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
