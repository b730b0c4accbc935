#include "storage/repo/notifications.hpp"

#include "storage/repo/ids.hpp"
#include "storage/repo/push.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Notification;
using model::NotificationKind;
using sql::Tx;

namespace {

const std::string columns =
    "n.id, n.owner_id, n.kind, n.from_id, n.post_id, n.created_at, n.report_id, n.severance_id, n.filtered, "
    "n.collection_id, n.act_id";

Notification notification_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .owner_id = row.integer(1),
            .kind = NotificationKind(row.integer(2)),
            .from_id = row.integer(3),
            .post_id = row.maybe_integer(4),
            .created_at = row.integer(5),
            .report_id = row.maybe_integer(6),
            .severance_id = row.maybe_integer(7),
            .collection_id = row.maybe_integer(9),
            .filtered = row.boolean(8),
            .act_id = row.maybe_integer(10)};
}

std::vector<Notification> notifications_from(const sql::Rows& rows) {
    std::vector<Notification> out;
    for (const auto& row : rows) out.push_back(notification_from(row));
    return out;
}

// Not from whom the owner blocks or mutes, nor of a host that they block.
std::string heard(int now_parameter) {
    return " AND NOT EXISTS (SELECT 1 FROM block b WHERE b.actor_id = n.owner_id AND b.target_id = n.from_id) AND "
           "NOT EXISTS (SELECT 1 FROM mute m WHERE m.actor_id = n.owner_id AND m.target_id = n.from_id AND "
           "m.hide_notifications AND (m.expires_at IS NULL OR m.expires_at > $" +
           std::to_string(now_parameter) +
           ")) AND NOT EXISTS (SELECT 1 FROM own_domain_block o JOIN actor a ON a.host = o.host AND NOT a.local "
           "WHERE o.actor_id = n.owner_id AND a.id = n.from_id)";
}

// $1 owner, $2 kind, $3 and $4 its time; $5 the post where there is one.
std::string in_group(const NotificationGroup& group) {
    return std::string(" n.owner_id = $1 AND n.kind = $2 AND n.created_at >= $3 AND n.created_at < $4 AND ") +
           (group.post_id ? "n.post_id = $5" : "n.post_id IS NULL AND CAST($5 AS BIGINT) IS NULL");
}

}  // namespace

Result<std::vector<Notification>> notifications_of_posts(Tx& tx, Id owner, NotificationKind kind, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + columns + " FROM notification n WHERE n.owner_id = $2 AND n.kind = $3 AND " + d.in_ids("n.post_id", 1);
    };
    return notifications_from(TRY(tx.query(make(tx.dialect()), {json_ids(posts), owner, int(kind)})));
}

Result<bool> add_notification(Tx& tx, const Notification& n) {
    // Follows carry no post, so the unique index does not see them: one at a time is enough.
    if (!n.post_id && !n.report_id && !n.severance_id && !n.collection_id && !n.act_id)
        TRY(withdraw_notification(tx, n.owner_id, n.kind, n.from_id, {}));
    // What is told of a collection again takes the place of what was told before.
    if (n.collection_id)
        TRY(tx.execute("DELETE FROM notification WHERE collection_id = $1 AND owner_id = $2 AND kind = $3",
                       {*n.collection_id, n.owner_id, int(n.kind)}));
    const bool added = TRY(tx.execute("INSERT INTO notification (id, owner_id, kind, from_id, post_id, created_at, report_id, "
                          "severance_id, filtered, collection_id, act_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
                          {n.id, n.owner_id, int(n.kind), n.from_id, n.post_id, n.created_at, n.report_id,
                           n.severance_id, n.filtered, n.collection_id, n.act_id})) == 1;
    if (added && !n.filtered) TRY(queue_pushes(tx, n));
    return added;
}

Result<std::int64_t> count_notifications_of(Tx& tx, Id owner, Id from, TimeMs after) {
    const auto rows = TRY(tx.query("SELECT COUNT(*) FROM notification WHERE owner_id = $1 AND from_id = $2 AND created_at > $3", {owner, from, after}));
    return rows[0].integer(0);
}

Result<std::optional<Notification>> find_notification(Tx& tx, Id owner, Id id) {
    static const auto text = "SELECT " + columns + " FROM notification n WHERE n.owner_id = $1 AND n.id = $2";
    const auto rows = TRY(tx.query(text, {owner, id}));
    if (rows.empty()) return std::optional<Notification>{};
    return notification_from(rows[0]);
}

Result<std::vector<Notification>> notifications_page(Tx& tx, Id owner, const NotificationRows& rows, TimeMs now,
                                                     const Window& w) {
    const auto make = [&] {
        return PageText("SELECT " + columns + " FROM notification n WHERE n.owner_id = $4 AND " +
                            tx.dialect().in_ids("n.kind", 5) +
                            " AND (CAST($6 AS BIGINT) IS NULL OR n.from_id = $6)" +
                            (rows.with_filtered ? "" : " AND NOT n.filtered") +
                            (rows.unread_above ? " AND NOT COALESCE(n.seen, n.id <= $8)" : " AND CAST($8 AS BIGINT) IS NULL") + heard(7),
                        "n.id");
    };
    auto out = notifications_from(TRY(page_rows(tx, make(), w, {owner, rows.kinds, rows.from, now, rows.unread_above})));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::int64_t> count_notification_group(Tx& tx, Id owner, const NotificationGroup& g, TimeMs now) {
    const auto text = "SELECT COUNT(*) FROM notification n WHERE" + in_group(g) + heard(6) + " AND NOT n.filtered";
    return TRY(tx.query(text, {owner, int(g.kind), g.since, g.until, g.post_id, now}))[0].integer(0);
}

Result<std::vector<Notification>> notification_group(Tx& tx, Id owner, const NotificationGroup& g, TimeMs now,
                                                     int limit) {
    const auto text = "SELECT " + columns + " FROM notification n WHERE" + in_group(g) + heard(6) +
                      " AND NOT n.filtered ORDER BY n.id DESC LIMIT $7";
    return notifications_from(
        TRY(tx.query(text, {owner, int(g.kind), g.since, g.until, g.post_id, now, limit})));
}

Result<> remove_notification_group(Tx& tx, Id owner, const NotificationGroup& g) {
    const auto text = "DELETE FROM notification WHERE id IN (SELECT n.id FROM notification n WHERE" + in_group(g) + ")";
    TRY(tx.execute(text, {owner, int(g.kind), g.since, g.until, g.post_id}));
    return {};
}

Result<bool> set_notification_seen(Tx& tx, Id owner, Id id, bool seen) {
    return TRY(tx.execute("UPDATE notification SET seen = $3 WHERE owner_id = $1 AND id = $2", {owner, id, seen})) == 1;
}

Result<> forget_notifications_seen(Tx& tx, Id owner) {
    TRY(tx.execute("UPDATE notification SET seen = NULL WHERE owner_id = $1 AND seen IS NOT NULL", {owner}));
    return {};
}

Result<std::vector<std::pair<Id, bool>>> notifications_seen(Tx& tx, Id owner, std::span<const Id> ids) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT id, seen FROM notification WHERE owner_id = $2 AND seen IS NOT NULL AND " + d.in_ids("id", 1);
    };
    std::vector<std::pair<Id, bool>> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(ids), owner}))) out.emplace_back(row.integer(0), row.boolean(1));
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

Result<std::vector<Id>> local_boosters(Tx& tx, Id post, int limit) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT b.actor_id FROM boost b JOIN actor a ON a.id = b.actor_id AND a.local WHERE "
                                        "b.post_id = $1 ORDER BY b.id LIMIT $2",
                                        {post, limit})))
        out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
