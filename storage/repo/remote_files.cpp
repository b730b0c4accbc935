#include "storage/repo/remote_files.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

constexpr const char* columns = "url, name, media_type, bytes, retry_at, used_at";

RemoteFile file_from(const sql::Rows::Row& row) {
    return {.url = row.str(0),
            .name = row.str(1),
            .media_type = row.str(2),
            .bytes = std::uint64_t(row.integer(3)),
            .retry_at = row.integer(4),
            .used_at = row.integer(5)};
}

}  // namespace

Result<std::optional<RemoteFile>> find_remote_file(Tx& tx, std::string_view url) {
    static const auto text = std::string("SELECT ") + columns + " FROM remote_file WHERE url = $1";
    const auto rows = TRY(tx.query(text, {url}));
    return rows.empty() ? std::optional<RemoteFile>{} : file_from(rows[0]);
}

Result<> put_remote_file(Tx& tx, const RemoteFile& f) {
    TRY(tx.execute("INSERT INTO remote_file (url, name, media_type, bytes, retry_at, used_at) VALUES ($1, $2, $3, $4, "
                   "$5, $6) ON CONFLICT (url) DO UPDATE SET name = excluded.name, media_type = excluded.media_type, "
                   "bytes = excluded.bytes, retry_at = excluded.retry_at, used_at = excluded.used_at",
                   {f.url, f.name, f.media_type, std::int64_t(f.bytes), f.retry_at, f.used_at}));
    return {};
}

Result<> use_remote_file(Tx& tx, std::string_view url, TimeMs now) {
    TRY(tx.execute("UPDATE remote_file SET used_at = $2 WHERE url = $1", {url, now}));
    return {};
}

Result<std::vector<RemoteFile>> unused_remote_files(Tx& tx, TimeMs since, int limit) {
    static const auto text = std::string("SELECT ") + columns + " FROM remote_file WHERE used_at < $1 LIMIT $2";
    std::vector<RemoteFile> out;
    for (const auto& row : TRY(tx.query(text, {since, limit}))) out.push_back(file_from(row));
    return out;
}

Result<> forget_remote_file(Tx& tx, std::string_view url) {
    TRY(tx.execute("DELETE FROM remote_file WHERE url = $1", {url}));
    return {};
}

}  // namespace kith::repo
