#include "storage/repo/withdrawn.hpp"

namespace kith::repo {

using sql::Tx;

Result<> add_withdrawn(Tx& tx, Id actor, std::string_view activity_ap_id, TimeMs at) {
    auto came =
        TRY(tx.query("SELECT 1 FROM inbox_activity i JOIN actor a ON a.ap_id = i.actor_ap_id "
                     "WHERE a.id = $1 AND i.ap_id = $2 AND i.state <> 0",
                     {actor, activity_ap_id}));
    if (!came.empty()) return {};
    TRY(
        tx.execute("INSERT INTO withdrawn (actor_id, ap_id, at) VALUES ($1, $2, $3) "
                   "ON CONFLICT DO NOTHING",
                   {actor, activity_ap_id, at}));
    return {};
}

Result<bool> is_withdrawn(Tx& tx, Id actor, std::string_view activity_ap_id) {
    auto rows = TRY(tx.query("SELECT 1 FROM withdrawn WHERE actor_id = $1 AND ap_id = $2",
                             {actor, activity_ap_id}));
    return !rows.empty();
}

Result<> trim_withdrawn(Tx& tx, TimeMs before, int limit) {
    TRY(
        tx.execute("DELETE FROM withdrawn WHERE (actor_id, ap_id) IN "
                   "(SELECT actor_id, ap_id FROM withdrawn WHERE at < $1 LIMIT $2)",
                   {before, limit}));
    return {};
}

}  // namespace kith::repo
