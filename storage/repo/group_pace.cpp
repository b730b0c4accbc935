#include "storage/repo/group_pace.hpp"

namespace kith::repo {

using sql::Tx;

Result<GroupPace> group_pace(Tx& tx, Id group, Id actor) {
    const auto rows = TRY(tx.query("SELECT thread_at, comment_at FROM group_pace WHERE group_id = $1 AND actor_id = $2", {group, actor}));
    if (rows.empty()) return GroupPace{};
    return GroupPace{rows[0].maybe_integer(0), rows[0].maybe_integer(1)};
}

Result<> put_group_pace(Tx& tx, Id group, Id actor, const GroupPace& pace) {
    TRY(tx.execute("INSERT INTO group_pace (group_id, actor_id, thread_at, comment_at) VALUES ($1, $2, $3, $4) ON CONFLICT (group_id, "
                   "actor_id) DO UPDATE SET thread_at = excluded.thread_at, comment_at = excluded.comment_at",
                   {group, actor, pace.thread_at, pace.comment_at}));
    return {};
}

}  // namespace kith::repo
