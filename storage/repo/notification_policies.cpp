#include "storage/repo/notification_policies.hpp"

#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::NotificationPolicy;
using model::NotificationRequest;
using model::NotificationRule;
using sql::Tx;

namespace {

// A request whose notifications were all taken back waits for nothing.
const std::string request_select =
    "SELECT r.id, r.owner_id, r.from_id, r.last_post_id, r.created_at, r.updated_at, (SELECT COUNT(*) FROM "
    "notification n WHERE n.owner_id = r.owner_id AND n.from_id = r.from_id AND n.filtered) AS waiting FROM "
    "notification_request r JOIN actor a ON a.id = r.from_id WHERE a.suspended_at IS NULL AND a.deleted_at IS "
    "NULL AND NOT EXISTS (SELECT 1 FROM block b WHERE b.actor_id = r.owner_id AND b.target_id = r.from_id) AND EXISTS (SELECT 1 FROM "
    "notification w WHERE w.owner_id = r.owner_id AND w.from_id = r.from_id AND w.filtered)";

NotificationRequest request_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .owner_id = row.integer(1),
            .from_id = row.integer(2),
            .last_post_id = row.maybe_integer(3),
            .created_at = row.integer(4),
            .updated_at = row.integer(5),
            .notifications = row.integer(6)};
}

}  // namespace

Result<NotificationPolicy> notification_policy(Tx& tx, Id owner) {
    const auto rows = TRY(tx.query(
        "SELECT not_following, not_followers, new_accounts, private_mentions, limited_accounts FROM "
        "notification_policy WHERE owner_id = $1",
        {owner}));
    if (rows.empty()) return NotificationPolicy{};
    const auto rule = [&](int column) { return NotificationRule(rows[0].integer(column)); };
    return NotificationPolicy{rule(0), rule(1), rule(2), rule(3), rule(4)};
}

Result<> put_notification_policy(Tx& tx, Id owner, const NotificationPolicy& p) {
    TRY(tx.execute("INSERT INTO notification_policy (owner_id, not_following, not_followers, new_accounts, "
                   "private_mentions, limited_accounts) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (owner_id) DO "
                   "UPDATE SET not_following = excluded.not_following, not_followers = excluded.not_followers, "
                   "new_accounts = excluded.new_accounts, private_mentions = excluded.private_mentions, "
                   "limited_accounts = excluded.limited_accounts",
                   {owner, int(p.not_following), int(p.not_followers), int(p.new_accounts),
                    int(p.private_mentions), int(p.limited_accounts)}));
    return {};
}

Result<bool> permits_notifications(Tx& tx, Id owner, Id from) {
    return !TRY(tx.query("SELECT 1 FROM notification_permission WHERE owner_id = $1 AND from_id = $2",
                         {owner, from}))
                .empty();
}

Result<> permit_notifications(Tx& tx, Id owner, Id from) {
    TRY(tx.execute("INSERT INTO notification_permission (owner_id, from_id) VALUES ($1, $2) ON CONFLICT "
                   "(owner_id, from_id) DO NOTHING",
                   {owner, from}));
    return {};
}

Result<> put_notification_request(Tx& tx, const NotificationRequest& r) {
    TRY(tx.execute("INSERT INTO notification_request (id, owner_id, from_id, last_post_id, created_at, updated_at) "
                   "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (owner_id, from_id) DO UPDATE SET last_post_id = "
                   "COALESCE(excluded.last_post_id, notification_request.last_post_id), updated_at = "
                   "excluded.updated_at",
                   {r.id, r.owner_id, r.from_id, r.last_post_id, r.created_at, r.updated_at}));
    return {};
}

Result<std::optional<NotificationRequest>> find_notification_request(Tx& tx, Id owner, Id id) {
    static const auto text = request_select + " AND r.owner_id = $1 AND r.id = $2";
    const auto rows = TRY(tx.query(text, {owner, id}));
    return rows.empty() ? std::optional<NotificationRequest>{} : std::optional(request_from(rows[0]));
}

Result<std::vector<NotificationRequest>> notification_requests_page(Tx& tx, Id owner, const Window& w) {
    static const PageText text(request_select + " AND r.owner_id = $4", "r.id");
    std::vector<NotificationRequest> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {owner}))) out.push_back(request_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<> remove_notification_request(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM notification_request WHERE id = $1", {id}));
    return {};
}

Result<> accept_filtered_notifications(Tx& tx, Id owner, Id from) {
    TRY(tx.execute("UPDATE notification SET filtered = FALSE WHERE owner_id = $1 AND from_id = $2 AND filtered",
                   {owner, from}));
    return {};
}

Result<> remove_filtered_notifications(Tx& tx, Id owner, Id from) {
    TRY(tx.execute("DELETE FROM notification WHERE owner_id = $1 AND from_id = $2 AND filtered", {owner, from}));
    return {};
}

Result<FilteredCounts> count_filtered(Tx& tx, Id owner) {
    static const auto text = "SELECT COUNT(*), COALESCE(SUM(counted.waiting), 0) FROM (" + request_select +
                             " AND r.owner_id = $1) AS counted";
    const auto rows = TRY(tx.query(text, {owner}));
    return FilteredCounts{rows[0].integer(0), rows[0].integer(1)};
}

}  // namespace kith::repo
