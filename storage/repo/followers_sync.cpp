#include "storage/repo/followers_sync.hpp"
#include "storage/repo/visibility.hpp"

namespace kith::repo {

using sql::Tx;

Result<std::optional<FollowersVersion>> followers_version(Tx& tx, Id actor) {
    auto rows = TRY(tx.query(
        "SELECT ap_id, followers_url, followers_version FROM actor WHERE id = $1", {actor}));
    if (rows.empty()) return std::optional<FollowersVersion>{};
    return FollowersVersion{rows[0].str(0), rows[0].str(1), rows[0].integer(2)};
}

Result<std::vector<std::string>> follower_ids_at(Tx& tx, Id followed, std::string_view host,
                                                 int limit) {
    auto rows =
        TRY(tx.query("SELECT a.ap_id FROM follow f JOIN actor a ON a.id = f.follower_id "
                     "WHERE f.followed_id = $1 AND f.state = 1 AND NOT a.local AND a.host = $2 "
                     "AND a.deleted_at IS NULL ORDER BY f.id LIMIT $3",
                     {followed, host, limit}));
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.str(0));
    return out;
}

Result<std::optional<Id>> follower_at(Tx& tx, Id followed, std::string_view host) {
    static const std::string text =
        "SELECT f.follower_id FROM follow f JOIN actor a ON a.id = f.follower_id WHERE f.followed_id = $1 AND "
        "f.state = 1 AND NOT a.local AND a.host = $2 AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND " + reads_followed("f") + " LIMIT 1";
    const auto rows = TRY(tx.query(text, {followed, host}));
    return rows.empty() ? std::optional<Id>() : std::optional<Id>(rows[0].integer(0));
}

Result<std::vector<LocalFollower>> accepted_local_followers(Tx& tx, Id followed, int limit) {
    auto rows =
        TRY(tx.query("SELECT a.id, f.id, a.ap_id, COALESCE(f.accepted_at, f.created_at) "
                     "FROM follow f JOIN actor a ON a.id = f.follower_id WHERE f.followed_id = $1 "
                     "AND f.state = 1 AND a.local AND a.deleted_at IS NULL ORDER BY f.id LIMIT $2",
                     {followed, limit}));
    std::vector<LocalFollower> out;
    for (const auto& row : rows)
        out.push_back({row.integer(0), row.integer(1), row.str(2), row.integer(3)});
    return out;
}

}  // namespace kith::repo
