#include "storage/repo/moves.hpp"

namespace kith::repo {

using sql::Tx;

Result<> put_move(Tx& tx, const MoveRow& m) {
    TRY(
        tx.execute("INSERT INTO move (actor_id, target_id, ap_id, at) VALUES ($1, $2, $3, $4) "
                   "ON CONFLICT (actor_id) DO UPDATE SET target_id = $2, ap_id = $3, at = $4",
                   {m.actor_id, m.target_id, m.ap_id, m.at}));
    return {};
}

Result<std::optional<MoveRow>> find_move(Tx& tx, Id actor) {
    auto rows = TRY(
        tx.query("SELECT actor_id, target_id, ap_id, at FROM move WHERE actor_id = $1", {actor}));
    if (rows.empty()) return std::optional<MoveRow>{};
    const auto row = rows[0];
    return MoveRow{row.integer(0), row.integer(1), row.str(2), row.integer(3)};
}

Result<std::vector<model::Follow>> local_follows_of(Tx& tx, Id followed, int limit) {
    auto rows = TRY(tx.query(
        "SELECT f.id, f.follower_id, f.followed_id, f.state, f.ap_id, f.show_boosts, f.notify, "
        "f.created_at, f.accepted_at FROM follow f JOIN actor a ON a.id = f.follower_id "
        "WHERE f.followed_id = $1 AND a.local ORDER BY f.id LIMIT $2",
        {followed, limit}));
    std::vector<model::Follow> out;
    for (const auto& row : rows)
        out.push_back({.id = row.integer(0),
                       .follower_id = row.integer(1),
                       .followed_id = row.integer(2),
                       .state = model::FollowState(row.integer(3)),
                       .ap_id = row.str(4),
                       .show_boosts = row.boolean(5),
                       .notify = row.boolean(6),
                       .created_at = row.integer(7),
                       .accepted_at = row.maybe_integer(8)});
    return out;
}

}  // namespace kith::repo
