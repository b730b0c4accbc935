#include "storage/repo/severances.hpp"

#include "storage/repo/actors.hpp"

namespace kith::repo {

using model::Follow;
using sql::Tx;

Result<> add_severance(Tx& tx, const model::Severance& s) {
    TRY(tx.execute("INSERT INTO severance (id, host, at) VALUES ($1, $2, $3)",
                   {s.id, s.host, s.at}));
    return {};
}

Result<std::optional<model::Severance>> find_severance(Tx& tx, Id id) {
    auto rows = TRY(tx.query("SELECT id, host, at FROM severance WHERE id = $1", {id}));
    if (rows.empty()) return std::optional<model::Severance>{};
    const auto row = rows[0];
    return model::Severance{row.integer(0), row.str(1), row.integer(2)};
}

Result<std::vector<Follow>> follows_to_sever(Tx& tx, int limit) {
    auto rows = TRY(tx.query(
        "SELECT f.id, f.follower_id, f.followed_id, f.state, f.ap_id, f.created_at FROM follow f "
        "WHERE f.followed_id IN (SELECT actor_id FROM host_suspension) OR "
        "f.follower_id IN (SELECT actor_id FROM host_suspension) ORDER BY f.id LIMIT $1",
        {limit}));
    std::vector<Follow> out;
    for (const auto& row : rows)
        out.push_back({.id = row.integer(0),
                       .follower_id = row.integer(1),
                       .followed_id = row.integer(2),
                       .state = model::FollowState(row.integer(3)),
                       .ap_id = row.str(4),
                       .created_at = row.integer(5)});
    return out;
}

Result<> add_severed(Tx& tx, Id severance, const Follow& f) {
    TRY(tx.execute("INSERT INTO severed_follow (severance_id, follower_id, followed_id) "
                   "VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                   {severance, f.follower_id, f.followed_id}));
    return {};
}

Result<SeveredCounts> severed_counts(Tx& tx, Id severance, Id actor) {
    auto rows = TRY(
        tx.query("SELECT (SELECT COUNT(*) FROM severed_follow WHERE severance_id = $1 AND "
                 "followed_id = $2), (SELECT COUNT(*) FROM severed_follow WHERE severance_id = $1 "
                 "AND follower_id = $2)",
                 {severance, actor}));
    return SeveredCounts{rows[0].integer(0), rows[0].integer(1)};
}

Result<std::vector<model::Actor>> severed_actors(Tx& tx, Id severance, Id actor, Lost lost,
                                                 int limit) {
    const auto rows = TRY(
        lost == Lost::followers
            ? tx.query("SELECT follower_id FROM severed_follow WHERE severance_id = $1 AND "
                       "followed_id = $2 ORDER BY follower_id LIMIT $3",
                       {severance, actor, limit})
            : tx.query("SELECT followed_id FROM severed_follow WHERE severance_id = $1 AND "
                       "follower_id = $2 ORDER BY followed_id LIMIT $3",
                       {severance, actor, limit}));
    std::vector<Id> ids;
    for (const auto& row : rows) ids.push_back(row.integer(0));
    return actors_by_ids(tx, ids);
}

Result<bool> is_silenced(Tx& tx, Id actor) {
    return !TRY(tx.query("SELECT 1 FROM actor WHERE id = $1 AND silenced", {actor})).empty();
}

}  // namespace kith::repo
