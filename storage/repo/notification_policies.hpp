#pragma once
#include "base/core/result.hpp"
#include "storage/model/notification_policy.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <vector>

// Notifications from whom their owner does not know.
namespace kith::repo {

Result<model::NotificationPolicy> notification_policy(sql::Tx&, Id owner);
Result<> put_notification_policy(sql::Tx&, Id owner, const model::NotificationPolicy&);

Result<bool> permits_notifications(sql::Tx&, Id owner, Id from);
Result<> permit_notifications(sql::Tx&, Id owner, Id from);

// Made where there is none of this person; else its last post and time are set.
Result<> put_notification_request(sql::Tx&, const model::NotificationRequest&);
Result<std::optional<model::NotificationRequest>> find_notification_request(sql::Tx&, Id owner, Id id);
Result<std::vector<model::NotificationRequest>> notification_requests_page(sql::Tx&, Id owner, const Window&);
Result<> remove_notification_request(sql::Tx&, Id id);

// What waits from one person, let in or thrown away.
Result<> accept_filtered_notifications(sql::Tx&, Id owner, Id from);
Result<> remove_filtered_notifications(sql::Tx&, Id owner, Id from);

struct FilteredCounts {
    std::int64_t requests = 0, notifications = 0;
};
Result<FilteredCounts> count_filtered(sql::Tx&, Id owner);

}  // namespace kith::repo
