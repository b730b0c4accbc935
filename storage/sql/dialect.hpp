#pragma once
#include <span>
#include <string>
#include <string_view>

namespace kith::sql {

enum class Engine { sqlite, postgres };

// The complete list of what the two engines say differently. Everything else is one text.
class Dialect {
public:
    explicit Dialect(Engine engine) : engine_(engine) {}
    Engine engine() const { return engine_; }

    // " FOR UPDATE SKIP LOCKED" where several processes claim rows; nothing on SQLite, whose one
    // writer holds them all.
    std::string_view skip_locked() const;
    // " FOR UPDATE" likewise.
    std::string_view for_update() const;
    // A predicate "column is one of the ids in $n", where $n is a JSON array text "[1,2,3]".
    // `column` is SQL and goes in as it is. Build the statement once, not per call.
    std::string in_ids(std::string_view column, int parameter) const;
    // The same for a JSON array of strings.
    std::string in_texts(std::string_view column, int parameter) const;
    // Full-text search: a table that a migration made by `CREATE SEARCH TABLE name;` has rowid and words.
    // What is put into `words`, from words with spaces between in $n; ...
    std::string search_words(int parameter) const;
    // ... a predicate "all words of $n are in it", for the table's alias; ...
    std::string search_matches(std::string_view table, int parameter) const;
    // ... and what $n is then: of words of letters, digits and marks. "" for none.
    std::string search_query(std::span<const std::string> words) const;
    // The query for how many bytes the database takes, what it is called, and its version.
    std::string_view about() const;
    // Rewrites a migration's text: on SQLite `BIGINT PRIMARY KEY` → `INTEGER PRIMARY KEY`, BYTEA →
    // BLOB; on PostgreSQL TEXT columns sort by bytes (COLLATE "C"). Only these words in capitals
    // are seen, not in strings, quoted names or `--` comments; TEXT after AS is a cast and stays.
    std::string schema(std::string_view migration) const;

private:
    std::string search_table(std::string_view name) const;

    Engine engine_;
};

}  // namespace kith::sql
