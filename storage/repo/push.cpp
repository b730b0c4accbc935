#include "storage/repo/push.hpp"

#include "base/crypto/encoding.hpp"

namespace kith::repo {

using model::PushPolicy;
using model::PushSubscription;
using sql::Tx;

namespace {

constexpr const char* subscription_select =
    "SELECT id, owner_id, token_id, endpoint, p256dh, auth, alerts, policy, standard, created_at FROM "
    "push_subscription ";

Result<std::optional<PushSubscription>> one(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<PushSubscription>{};
    const auto& row = rows[0];
    return PushSubscription{.id = row.integer(0),
                            .owner_id = row.integer(1),
                            .token_id = row.integer(2),
                            .endpoint = row.str(3),
                            .p256dh = crypto::base64url_decode(row.str(4)).value_or(""),
                            .auth = crypto::base64url_decode(row.str(5)).value_or(""),
                            .alerts = row.integer(6),
                            .policy = PushPolicy(row.integer(7)),
                            .standard = row.boolean(8),
                            .created_at = row.integer(9)};
}

}  // namespace

Result<std::optional<std::string>> vapid_secret(Tx& tx) {
    const auto rows = TRY(tx.query("SELECT secret FROM vapid_key WHERE id = 1", {}));
    return rows.empty() ? std::optional<std::string>{} : std::optional(rows[0].str(0));
}

Result<> put_vapid_secret(Tx& tx, std::string_view secret, TimeMs now) {
    TRY(tx.execute("INSERT INTO vapid_key (id, secret, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING",
                   {secret, now}));
    return {};
}

Result<> put_push_subscription(Tx& tx, const PushSubscription& s) {
    TRY(tx.execute("DELETE FROM push_subscription WHERE token_id = $1", {s.token_id}));
    TRY(tx.execute("INSERT INTO push_subscription (id, owner_id, token_id, endpoint, p256dh, auth, alerts, policy, "
                   "standard, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                   {s.id, s.owner_id, s.token_id, s.endpoint, crypto::base64url_encode(s.p256dh),
                    crypto::base64url_encode(s.auth), s.alerts, int(s.policy), s.standard, s.created_at}));
    return {};
}

Result<> set_push_alerts(Tx& tx, Id subscription, std::int64_t alerts, PushPolicy policy) {
    TRY(tx.execute("UPDATE push_subscription SET alerts = $2, policy = $3 WHERE id = $1",
                   {subscription, alerts, int(policy)}));
    return {};
}

Result<std::optional<PushSubscription>> push_subscription_of(Tx& tx, Id token) {
    static const auto text = std::string(subscription_select) + "WHERE token_id = $1";
    return one(tx.query(text, {token}));
}

Result<std::optional<PushSubscription>> find_push_subscription(Tx& tx, Id id) {
    static const auto text = std::string(subscription_select) + "WHERE id = $1";
    return one(tx.query(text, {id}));
}

Result<> remove_push_subscription(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM push_subscription WHERE id = $1", {id}));
    return {};
}

Result<int> queue_pushes(Tx& tx, const model::Notification& n) {
    const auto made = TRY(tx.execute(
        "INSERT INTO push_todo (subscription_id, notification_id, not_before, attempts) SELECT s.id, CAST($1 AS BIGINT), 0, 0 FROM "
        "push_subscription s JOIN oauth_token t ON t.id = s.token_id WHERE s.owner_id = $2 AND (s.alerts & $3) <> 0 "
        "AND t.revoked_at IS NULL",
        {n.id, n.owner_id, PushSubscription::bit(n.kind)}));
    if (made > 0) tx.mark_news();
    return int(made);
}

Result<bool> has_due_pushes(Tx& tx, TimeMs now) {
    return !TRY(tx.query("SELECT 1 FROM push_todo WHERE not_before <= $1 LIMIT 1", {now})).empty();
}

Result<std::vector<DuePush>> claim_pushes(Tx& tx, TimeMs now, TimeMs lease_until, int limit) {
    const auto text = "SELECT subscription_id, notification_id, attempts FROM push_todo WHERE not_before <= $1 ORDER BY "
                      "not_before, notification_id LIMIT $2" + std::string(tx.dialect().skip_locked());
    std::vector<DuePush> out;
    for (const auto& row : TRY(tx.query(text, {now, limit})))
        out.push_back({row.integer(0), row.integer(1), int(row.integer(2)) + 1});
    for (const auto& due : out)
        TRY(tx.execute("UPDATE push_todo SET not_before = $3, attempts = $4 WHERE subscription_id = $1 AND "
                       "notification_id = $2",
                       {due.subscription_id, due.notification_id, lease_until, due.attempts}));
    return out;
}

Result<> finish_push(Tx& tx, Id subscription, Id notification) {
    TRY(tx.execute("DELETE FROM push_todo WHERE subscription_id = $1 AND notification_id = $2",
                   {subscription, notification}));
    return {};
}

Result<> postpone_push(Tx& tx, Id subscription, Id notification, TimeMs not_before) {
    TRY(tx.execute("UPDATE push_todo SET not_before = $3 WHERE subscription_id = $1 AND notification_id = $2",
                   {subscription, notification, not_before}));
    return {};
}

}  // namespace kith::repo
