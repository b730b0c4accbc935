#pragma once
#include "base/core/result.hpp"
#include "storage/model/push.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Web Push: the node's key, clients' subscriptions, and what is still to be sent.
namespace kith::repo {

// The secret half, as base64url; nothing before the first start.
Result<std::optional<std::string>> vapid_secret(sql::Tx&);
Result<> put_vapid_secret(sql::Tx&, std::string_view secret, TimeMs now);  // keeps the one that is there

// In the place of the token's old one.
Result<> put_push_subscription(sql::Tx&, const model::PushSubscription&);
Result<> set_push_alerts(sql::Tx&, Id subscription, std::int64_t alerts, model::PushPolicy);
Result<std::optional<model::PushSubscription>> push_subscription_of(sql::Tx&, Id token);
Result<std::optional<model::PushSubscription>> find_push_subscription(sql::Tx&, Id);
Result<> remove_push_subscription(sql::Tx&, Id);

// A row for each of the owner's subscriptions that wants such a notification and whose token is good.
Result<int> queue_pushes(sql::Tx&, const model::Notification&);
struct DuePush {
    Id subscription_id = 0, notification_id = 0;
    int attempts = 0;  // with this one
};
Result<bool> has_due_pushes(sql::Tx&, TimeMs now);
// Leased until `lease_until`.
Result<std::vector<DuePush>> claim_pushes(sql::Tx&, TimeMs now, TimeMs lease_until, int limit);
Result<> finish_push(sql::Tx&, Id subscription, Id notification);
Result<> postpone_push(sql::Tx&, Id subscription, Id notification, TimeMs not_before);

}  // namespace kith::repo
