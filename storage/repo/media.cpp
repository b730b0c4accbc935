#include "storage/repo/media.hpp"

namespace kith::repo {

using model::Attachment;
using sql::Tx;

namespace {

constexpr const char* picture_columns =
    "m.id, m.media_type, m.url, m.preview_url, m.description, m.blurhash, m.width, m.height, m.focus_x, "
    "m.focus_y";

std::optional<double> maybe_real(const sql::Rows::Row& row, std::size_t column) {
    if (row.is_null(column)) return {};
    return row.real(column);
}

Attachment picture_from(const sql::Rows::Row& row) {
    Attachment a;
    a.id = row.integer(0);
    a.media_type = row.str(1);
    a.url = row.str(2);
    a.preview_url = row.str(3);
    a.description = row.str(4);
    a.blurhash = row.str(5);
    a.width = row.maybe_integer(6);
    a.height = row.maybe_integer(7);
    a.focus_x = maybe_real(row, 8);
    a.focus_y = maybe_real(row, 9);
    return a;
}

}  // namespace

Result<> insert_upload(Tx& tx, const Upload& u) {
    const auto& p = u.picture;
    TRY(tx.execute("INSERT INTO media (id, owner_id, media_type, url, preview_url, description, blurhash, width, "
                   "height, focus_x, focus_y, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
                   "$12)",
                   {p.id, u.owner_id, p.media_type, p.url, p.preview_url, p.description, p.blurhash,
                    p.width.value_or(0), p.height.value_or(0), p.focus_x, p.focus_y, u.expires_at}));
    return {};
}

Result<std::optional<Upload>> find_upload(Tx& tx, Id owner, Id id) {
    static const auto text = std::string("SELECT ") + picture_columns +
                             ", m.owner_id, m.expires_at FROM media m WHERE m.owner_id = $1 AND m.id = $2";
    const auto rows = TRY(tx.query(text, {owner, id}));
    if (rows.empty()) return std::optional<Upload>{};
    return Upload{picture_from(rows[0]), rows[0].integer(10), rows[0].integer(11)};
}

Result<> describe_upload(Tx& tx, const Attachment& a) {
    TRY(tx.execute("UPDATE media SET description = $2, focus_x = $3, focus_y = $4 WHERE id = $1",
                   {a.id, a.description, a.focus_x, a.focus_y}));
    return {};
}

Result<> keep_upload(Tx& tx, Id id, TimeMs until) {
    TRY(tx.execute("UPDATE media SET expires_at = $2 WHERE id = $1", {id, until}));
    return {};
}

Result<bool> remove_upload(Tx& tx, Id owner, Id id) {
    return TRY(tx.execute("DELETE FROM media WHERE owner_id = $1 AND id = $2", {owner, id})) == 1;
}

Result<> remove_expired_uploads(Tx& tx, TimeMs now, int limit) {
    TRY(tx.execute("DELETE FROM media WHERE id IN (SELECT id FROM media WHERE expires_at <= $1 LIMIT $2)",
                   {now, limit}));
    return {};
}

Result<std::optional<Attachment>> find_own_attachment(Tx& tx, Id owner, Id id) {
    static const auto text = std::string("SELECT ") + picture_columns +
                             " FROM attachment m JOIN post p ON p.id = m.post_id WHERE p.actor_id = $1 AND p.local "
                             "AND p.deleted_at IS NULL AND m.id = $2";
    const auto rows = TRY(tx.query(text, {owner, id}));
    return rows.empty() ? std::optional<Attachment>{} : picture_from(rows[0]);
}

Result<> describe_attachment(Tx& tx, const Attachment& a) {
    TRY(tx.execute("UPDATE attachment SET description = $2, focus_x = $3, focus_y = $4 WHERE id = $1",
                   {a.id, a.description, a.focus_x, a.focus_y}));
    return {};
}

Result<> note_file(Tx& tx, std::string_view name, std::optional<Id> media, std::optional<Id> actor,
                   TimeMs now) {
    TRY(tx.execute("INSERT INTO media_file (name, media_id, actor_id, created_at) VALUES ($1, $2, $3, $4)",
                   {name, media, actor, now}));
    return {};
}

Result<std::vector<std::string>> orphaned_files(Tx& tx, TimeMs before, int limit) {
    std::vector<std::string> out;
    for (const auto& row : TRY(tx.query(
             "SELECT f.name FROM media_file f WHERE f.created_at < $1 AND NOT EXISTS (SELECT 1 FROM media m WHERE "
             "m.id = f.media_id) AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.id = f.media_id) AND NOT EXISTS "
             "(SELECT 1 FROM actor x WHERE x.id = f.actor_id AND x.deleted_at IS NULL AND (x.avatar_url = '/media/' "
             "|| f.name OR x.header_url = '/media/' || f.name)) LIMIT $2",
             {before, limit})))
        out.push_back(row.str(0));
    return out;
}

Result<> forget_file(Tx& tx, std::string_view name) {
    TRY(tx.execute("DELETE FROM media_file WHERE name = $1", {name}));
    return {};
}

}  // namespace kith::repo
