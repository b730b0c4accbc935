#include "storage/repo/notifications.hpp"

#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Notification;
using model::NotificationKind;
using sql::Tx;

namespace {

Notification notification_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.integer(1),       NotificationKind(row.integer(2)),
            row.integer(3), row.maybe_integer(4), row.integer(5),
            row.maybe_integer(6), row.maybe_integer(7)};
}

}  // namespace

Result<bool> add_notification(Tx& tx, const Notification& n) {
    // Follows carry no post, so the unique index does not see them: one at a time is enough.
    if (!n.post_id && !n.report_id && !n.severance_id)
        TRY(withdraw_notification(tx, n.owner_id, n.kind, n.from_id, {}));
    return TRY(tx.execute(
               "INSERT INTO notification (id, owner_id, kind, from_id, post_id, created_at, "
               "report_id, severance_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO "
               "NOTHING",
               {n.id, n.owner_id, int(n.kind), n.from_id, n.post_id, n.created_at,
                n.report_id, n.severance_id})) == 1;
}

Result<std::optional<Notification>> find_notification(Tx& tx, Id owner, Id id) {
    auto rows =
        TRY(tx.query("SELECT id, owner_id, kind, from_id, post_id, created_at, report_id, severance_id FROM "
                     "notification "
                     "WHERE owner_id = $1 AND id = $2",
                     {owner, id}));
    if (rows.empty()) return std::optional<Notification>{};
    return notification_from(rows[0]);
}

Result<std::vector<Notification>> notifications_page(Tx& tx, Id owner, std::string_view kinds,
                                                     std::optional<Id> from, TimeMs now,
                                                     const Window& w) {
    static const auto make = [](const sql::Dialect& d) {
        return PageText(
            "SELECT n.id, n.owner_id, n.kind, n.from_id, n.post_id, n.created_at, n.report_id, n.severance_id FROM "
            "notification n "
            "WHERE n.owner_id = $4 AND " +
                d.in_ids("n.kind", 5) +
                " AND (CAST($6 AS BIGINT) IS NULL OR n.from_id = $6) AND NOT EXISTS (SELECT 1 FROM "
                "block b WHERE "
                "b.actor_id = n.owner_id AND b.target_id = n.from_id) AND NOT EXISTS (SELECT 1 "
                "FROM mute m WHERE "
                "m.actor_id = n.owner_id AND m.target_id = n.from_id AND m.hide_notifications AND "
                "(m.expires_at IS NULL OR m.expires_at > $7)) AND NOT EXISTS (SELECT 1 FROM "
                "own_domain_block o JOIN actor a ON a.host = o.host AND NOT a.local WHERE o.actor_id = "
                "n.owner_id AND a.id = n.from_id)",
            "n.id");
    };
    auto rows = TRY(page_rows(tx, make(tx.dialect()), w, {owner, kinds, from, now}));
    std::vector<Notification> out;
    for (const auto& row : rows) out.push_back(notification_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<bool> remove_notification(Tx& tx, Id owner, Id id) {
    return TRY(tx.execute("DELETE FROM notification WHERE owner_id = $1 AND id = $2",
                          {owner, id})) == 1;
}

Result<> clear_notifications(Tx& tx, Id owner) {
    TRY(tx.execute("DELETE FROM notification WHERE owner_id = $1", {owner}));
    return {};
}

Result<> withdraw_notification(Tx& tx, Id owner, NotificationKind kind, Id from,
                               std::optional<Id> post) {
    TRY(tx.execute(
        "DELETE FROM notification WHERE owner_id = $1 AND kind = $2 AND from_id = $3 AND "
        "(post_id = $4 OR (post_id IS NULL AND CAST($4 AS BIGINT) IS NULL))",
        {owner, int(kind), from, post}));
    return {};
}

Result<> withdraw_notifications_between(Tx& tx, Id owner, Id from) {
    TRY(tx.execute("DELETE FROM notification WHERE owner_id = $1 AND from_id = $2", {owner, from}));
    return {};
}

}  // namespace kith::repo
