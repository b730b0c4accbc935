#include "storage/sql/dialect.hpp"

#include <algorithm>
#include <cctype>

namespace kith::sql {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// One piece of SQL: a word; or a whole string, quoted identifier or comment; or one other
// character.
std::string_view next_piece(std::string_view rest) {
    std::size_t end = 1;
    if (is_word(rest[0])) {
        while (end < rest.size() && is_word(rest[end])) ++end;
    } else if (rest[0] == '\'' || rest[0] == '"') {
        const auto close = rest.find(rest[0], 1);
        end = close == rest.npos ? rest.size() : close + 1;
    } else if (rest.starts_with("--")) {
        const auto newline = rest.find('\n');
        end = newline == rest.npos ? rest.size() : newline;
    }
    return rest.substr(0, end);
}

constexpr std::string_view wide_key = "BIGINT PRIMARY KEY";
constexpr std::string_view search_table_words = "CREATE SEARCH TABLE ";

}  // namespace

std::string_view Dialect::skip_locked() const {
    return engine_ == Engine::postgres ? " FOR UPDATE SKIP LOCKED" : "";
}

std::string_view Dialect::for_update() const {
    return engine_ == Engine::postgres ? " FOR UPDATE" : "";
}

std::string_view Dialect::about() const {
    return engine_ == Engine::postgres
               ? "SELECT pg_database_size(current_database()), 'PostgreSQL', current_setting('server_version')"
               : "SELECT p.page_count * s.page_size, 'SQLite', sqlite_version() FROM pragma_page_count() p, pragma_page_size() s";
}

std::string Dialect::in_ids(std::string_view column, int parameter) const {
    const auto n = std::to_string(parameter);
    std::string out(column);
    if (engine_ == Engine::postgres)
        return out += " = ANY(SELECT jsonb_array_elements_text($" + n + "::jsonb)::bigint)";
    return out += " IN (SELECT value FROM json_each($" + n + "))";
}

std::string Dialect::in_texts(std::string_view column, int parameter) const {
    const auto n = std::to_string(parameter);
    std::string out(column);
    if (engine_ == Engine::postgres)
        return out += " = ANY(SELECT jsonb_array_elements_text($" + n + "::jsonb))";
    return out += " IN (SELECT value FROM json_each($" + n + "))";
}

std::string Dialect::search_words(int parameter) const {
    const auto n = "$" + std::to_string(parameter);
    return engine_ == Engine::postgres ? "array_to_tsvector(array_remove(string_to_array(" + n + ", ' '), ''))" : n;
}

std::string Dialect::search_matches(std::string_view table, int parameter) const {
    const auto n = "$" + std::to_string(parameter);
    if (engine_ == Engine::postgres) return std::string(table) + ".words @@ CAST(" + n + " AS tsquery)";
    return std::string(table) + ".words MATCH " + n;
}

std::string Dialect::search_query(std::span<const std::string> words) const {
    const bool postgres = engine_ == Engine::postgres;
    std::string out;
    for (const auto& word : words) {
        if (!out.empty()) out += postgres ? " & " : " ";
        out += postgres ? "'" + word + "'" : "\"" + word + "\"";
    }
    return out;
}

// Words are cut already: FTS5 has only to find the spaces again, and marks belong to words.
std::string Dialect::search_table(std::string_view name) const {
    const std::string table(name);
    if (engine_ == Engine::postgres)
        return "CREATE TABLE " + table + " (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);\nCREATE INDEX " + table +
               "_words ON " + table + " USING GIN (words)";
    return "CREATE VIRTUAL TABLE " + table +
           " USING fts5(words, tokenize = \"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")";
}

std::string Dialect::schema(std::string_view migration) const {
    std::string out;
    out.reserve(migration.size() + migration.size() / 8);
    std::string_view last_word;
    for (std::size_t at = 0; at < migration.size();) {
        const auto rest = migration.substr(at);
        auto piece = next_piece(rest);
        if (rest.starts_with(search_table_words)) {
            const auto end = std::min(rest.find(';'), rest.size());
            out += search_table(rest.substr(search_table_words.size(), end - search_table_words.size()));
            piece = rest.substr(0, end);
        } else if (engine_ == Engine::sqlite && piece == "BIGINT" && rest.starts_with(wide_key)) {
            piece = wide_key;
            out += "INTEGER PRIMARY KEY";
        } else if (engine_ == Engine::sqlite && piece == "BYTEA") {
            out += "BLOB";
        } else if (engine_ == Engine::postgres && piece == "TEXT" && last_word != "AS") {
            out += "TEXT COLLATE \"C\"";
        } else {
            out += piece;
        }
        if (is_word(piece[0])) last_word = piece;
        at += piece.size();
    }
    return out;
}

}  // namespace kith::sql
