#include "storage/repo/taglines.hpp"

#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Tagline;
using sql::Tx;

namespace {

Tagline tagline_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0), .content = row.str(1), .published_at = row.integer(2), .updated_at = row.maybe_integer(3)};
}

Result<std::optional<Tagline>> one(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<Tagline>{};
    return tagline_from(rows[0]);
}

}  // namespace

Result<> add_tagline(Tx& tx, const Tagline& t) {
    TRY(tx.execute("INSERT INTO tagline (id, content, published_at, updated_at) VALUES ($1, $2, $3, $4)",
                   {t.id, t.content, t.published_at, t.updated_at}));
    return {};
}

Result<std::optional<Tagline>> find_tagline(Tx& tx, Id id) {
    return one(tx.query("SELECT id, content, published_at, updated_at FROM tagline WHERE id = $1", {id}));
}

Result<bool> change_tagline(Tx& tx, const Tagline& t) {
    return TRY(tx.execute("UPDATE tagline SET content = $2, updated_at = $3 WHERE id = $1", {t.id, t.content, t.updated_at})) == 1;
}

Result<bool> remove_tagline(Tx& tx, Id id) { return TRY(tx.execute("DELETE FROM tagline WHERE id = $1", {id})) == 1; }

Result<std::vector<Tagline>> taglines_page(Tx& tx, const Window& w) {
    static const PageText text("SELECT t.id, t.content, t.published_at, t.updated_at FROM tagline t WHERE TRUE", "t.id");
    std::vector<Tagline> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {}))) out.push_back(tagline_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::int64_t> count_taglines(Tx& tx) { return TRY(tx.query("SELECT COUNT(*) FROM tagline"))[0].integer(0); }

Result<std::optional<Tagline>> tagline_at(Tx& tx, std::int64_t position) {
    return one(tx.query("SELECT id, content, published_at, updated_at FROM tagline ORDER BY id LIMIT 1 OFFSET $1", {position}));
}

}  // namespace kith::repo
