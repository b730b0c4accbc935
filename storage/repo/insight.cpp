#include "storage/repo/insight.hpp"

#include "storage/repo/actors.hpp"

namespace kith::repo {

using sql::Tx;

Result<> add_ops_event(Tx& tx, const OpsEvent& e) {
    TRY(
        tx.execute("INSERT INTO ops_event (id, group_id, actor_id, kind, object_id, object_ap_id, "
                   "parent_id, target_actor_id, at, "
                   "received_at, origin) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                   {e.id, e.group_id, e.actor_id, int(e.kind), e.object_id, e.object_ap_id,
                    e.parent_id, e.target_actor_id, e.at, e.received_at, e.origin}));
    return {};
}

Result<std::vector<OpsEvent>> ops_events_of(Tx& tx, Id group) {
    auto rows =
        TRY(tx.query("SELECT id, group_id, actor_id, kind, object_id, object_ap_id, parent_id, "
                     "target_actor_id, at, received_at, "
                     "origin FROM ops_event WHERE group_id = $1 ORDER BY received_at, id",
                     {group}));
    std::vector<OpsEvent> out;
    out.reserve(rows.size());
    for (const auto& row : rows)
        out.push_back({.id = row.integer(0),
                       .group_id = row.integer(1),
                       .actor_id = row.integer(2),
                       .kind = OpsKind(row.integer(3)),
                       .object_id = row.maybe_integer(4),
                       .object_ap_id = row.str(5),
                       .parent_id = row.maybe_integer(6),
                       .target_actor_id = row.maybe_integer(7),
                       .at = row.integer(8),
                       .received_at = row.integer(9),
                       .origin = row.str(10)});
    return out;
}

Result<bool> has_ops_object(Tx& tx, Id group, std::string_view object_ap_id) {
    auto rows = TRY(tx.query(
        "SELECT 1 FROM ops_event WHERE group_id = $1 AND object_ap_id = $2 AND kind = 2 LIMIT 1",
        {group, object_ap_id}));
    return !rows.empty();
}

Result<std::vector<OpsPerson>> ops_people(Tx& tx, Id group) {
    static const auto text = "SELECT " + actor_columns +
                             ", m.role, o.at, f.bot FROM actor a LEFT JOIN membership m ON "
                             "m.group_id = $1 AND m.actor_id = a.id "
                             "LEFT JOIN ops_optout o ON o.group_id = $1 AND o.actor_id = a.id LEFT "
                             "JOIN ops_flag f ON f.actor_id = a.id "
                             "WHERE a.id IN (SELECT actor_id FROM ops_event WHERE group_id = $1 "
                             "UNION SELECT target_actor_id FROM ops_event WHERE "
                             "group_id = $1 AND target_actor_id IS NOT NULL UNION SELECT actor_id "
                             "FROM membership WHERE group_id = $1) ORDER BY a.id";
    auto rows = TRY(tx.query(text, {group}));
    std::vector<OpsPerson> out;
    out.reserve(rows.size());
    for (const auto& row : rows) {
        OpsPerson person{.actor = actor_from(row),
                         .role = {},
                         .opted_out = !row.is_null(actor_column_count + 1),
                         .flagged_bot = row.boolean(actor_column_count + 2)};
        if (!row.is_null(actor_column_count))
            person.role = model::GroupRole(row.integer(actor_column_count));
        out.push_back(std::move(person));
    }
    return out;
}

Result<> opt_out(Tx& tx, Id group, Id actor, TimeMs at) {
    TRY(
        tx.execute("INSERT INTO ops_optout (group_id, actor_id, at) VALUES ($1, $2, $3) ON "
                   "CONFLICT DO NOTHING",
                   {group, actor, at}));
    TRY(
        tx.execute("DELETE FROM ops_event WHERE group_id = $1 AND actor_id = $2 AND NOT (kind = 2 "
                   "AND (parent_id IS NOT NULL OR "
                   "target_actor_id IS NOT NULL OR EXISTS (SELECT 1 FROM ops_event r WHERE "
                   "r.group_id = $1 AND "
                   "r.parent_id = ops_event.object_id)))",
                   {group, actor}));
    return {};
}

Result<bool> has_opted_out(Tx& tx, Id group, Id actor) {
    auto rows = TRY(
        tx.query("SELECT 1 FROM ops_optout WHERE group_id = $1 AND actor_id = $2", {group, actor}));
    return !rows.empty();
}

}  // namespace kith::repo
