#include "storage/repo/media.hpp"

#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Attachment;
using sql::Tx;

namespace {

constexpr const char* picture_columns =
    "m.id, m.media_type, m.url, m.preview_url, m.description, m.blurhash, m.width, m.height, m.focus_x, "
    "m.focus_y, m.duration_s, m.details";

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
    a.duration_s = maybe_real(row, 10);
    a.details = row.str(11);
    return a;
}

constexpr const char* upload_columns = ", m.owner_id, m.expires_at, m.state, m.source, m.problem, m.attempts";

Upload upload_from(const sql::Rows::Row& row) {
    return {.picture = picture_from(row),
            .owner_id = row.integer(12),
            .expires_at = row.integer(13),
            .state = UploadState(row.integer(14)),
            .source = row.str(15),
            .problem = row.str(16)};
}

}  // namespace

Result<> insert_upload(Tx& tx, const Upload& u) {
    const auto& p = u.picture;
    TRY(tx.execute("INSERT INTO media (id, owner_id, media_type, url, preview_url, description, blurhash, width, "
                   "height, focus_x, focus_y, expires_at, duration_s, details, state, source) VALUES ($1, $2, $3, $4, "
                   "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                   {p.id, u.owner_id, p.media_type, p.url, p.preview_url, p.description, p.blurhash,
                    p.width.value_or(0), p.height.value_or(0), p.focus_x, p.focus_y, u.expires_at, p.duration_s,
                    p.details, int(u.state), u.source}));
    return {};
}

Result<std::optional<Upload>> find_upload(Tx& tx, Id owner, Id id) {
    static const auto text = std::string("SELECT ") + picture_columns + upload_columns +
                             " FROM media m WHERE m.owner_id = $1 AND m.id = $2";
    const auto rows = TRY(tx.query(text, {owner, id}));
    return rows.empty() ? std::optional<Upload>{} : upload_from(rows[0]);
}

Result<bool> has_waiting_upload(Tx& tx, TimeMs now) {
    return !TRY(tx.query("SELECT 1 FROM media WHERE state = 1 AND not_before <= $1 LIMIT 1", {now})).empty();
}

Result<std::optional<WaitingUpload>> claim_upload(Tx& tx, TimeMs now, TimeMs lease_until) {
    static const auto text = std::string("SELECT ") + picture_columns + upload_columns +
                             " FROM media m WHERE m.state = 1 AND m.not_before <= $1 ORDER BY m.not_before, m.id LIMIT 1";
    const auto rows = TRY(tx.query(text + std::string(tx.dialect().skip_locked()), {now}));
    if (rows.empty()) return std::optional<WaitingUpload>{};
    WaitingUpload out{upload_from(rows[0]), int(rows[0].integer(17)) + 1};
    TRY(tx.execute("UPDATE media SET not_before = $2, attempts = $3 WHERE id = $1",
                   {out.upload.picture.id, lease_until, out.attempts}));
    return std::optional(std::move(out));
}

Result<std::int64_t> count_waiting_uploads(Tx& tx, Id owner) {
    return TRY(tx.query("SELECT COUNT(*) FROM media WHERE state = 1 AND owner_id = $1", {owner}))[0].integer(0);
}

Result<> postpone_upload(Tx& tx, Id id, TimeMs until) {
    TRY(tx.execute("UPDATE media SET not_before = $2 WHERE id = $1", {id, until}));
    return {};
}

Result<> release_uploads(Tx& tx) {
    TRY(tx.execute("UPDATE media SET not_before = 0 WHERE state = 1", {}));
    return {};
}

Result<bool> finish_upload(Tx& tx, const Attachment& p) {
    return TRY(tx.execute("UPDATE media SET state = 0, source = '', media_type = $2, url = $3, preview_url = $4, "
                          "blurhash = $5, width = $6, height = $7, duration_s = $8, details = $9 WHERE id = $1 AND "
                          "state = 1",
                          {p.id, p.media_type, p.url, p.preview_url, p.blurhash, p.width.value_or(0),
                           p.height.value_or(0), p.duration_s, p.details})) == 1;
}

Result<bool> fail_upload(Tx& tx, Id id, std::string_view problem) {
    return TRY(tx.execute("UPDATE media SET state = 2, source = '', problem = $2 WHERE id = $1 AND state = 1",
                          {id, problem})) == 1;
}

Result<> set_preview(Tx& tx, Id id, std::string_view url, std::string_view blurhash) {
    TRY(tx.execute("UPDATE media SET preview_url = $2, blurhash = $3 WHERE id = $1", {id, url, blurhash}));
    return {};
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

Result<std::int64_t> count_uploads(Tx& tx, Id owner) {
    return TRY(tx.query("SELECT COUNT(*) FROM media WHERE owner_id = $1", {owner}))[0].integer(0);
}

Result<std::vector<OwnPicture>> own_pictures(Tx& tx, std::optional<Id> owner, std::string_view path, const Window& w) {
    const auto of = [&](const std::string& column) { return owner ? column + " = $4" : std::string("CAST($4 AS BIGINT) IS NULL"); };
    const PageText text("SELECT x.id, x.url, x.post_id, x.owner_id FROM (SELECT m.id, m.url, CAST(NULL AS BIGINT) AS post_id, m.owner_id FROM "
                      "media m WHERE " + of("m.owner_id") +
                      " UNION ALL SELECT a.id, a.url, a.post_id, p.actor_id FROM attachment a JOIN post p ON p.id = a.post_id WHERE " +
                      of("p.actor_id") +
                      " AND p.local AND p.deleted_at IS NULL) x WHERE ($5 = '' OR x.url = $5)",
                        "x.id");
    std::vector<OwnPicture> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {owner, path})))
        out.push_back({row.integer(0), row.str(1), row.maybe_integer(2), row.integer(3)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
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

Result<> note_file(Tx& tx, std::string_view name, std::optional<Id> media, std::optional<Id> actor, TimeMs now,
                   std::uint64_t bytes) {
    TRY(tx.execute("INSERT INTO media_file (name, media_id, actor_id, created_at, bytes) VALUES ($1, $2, $3, $4, $5)",
                   {name, media, actor, now, std::int64_t(bytes)}));
    return {};
}

Result<std::vector<std::string>> unmeasured_files(Tx& tx, int limit) {
    std::vector<std::string> out;
    for (const auto& row : TRY(tx.query("SELECT name FROM media_file WHERE bytes = 0 ORDER BY name LIMIT $1", {limit})))
        out.push_back(row.str(0));
    return out;
}

Result<> measure_file(Tx& tx, std::string_view name, std::uint64_t bytes) {
    TRY(tx.execute("UPDATE media_file SET bytes = $2 WHERE name = $1", {name, std::int64_t(bytes)}));
    return {};
}

Result<std::int64_t> media_bytes(Tx& tx) {
    const auto rows = TRY(tx.query("SELECT CAST((SELECT COALESCE(SUM(bytes), 0) FROM media_file) + (SELECT "
                                   "COALESCE(SUM(bytes), 0) FROM remote_file) AS BIGINT)",
                                   {}));
    return rows[0].integer(0);
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
