#pragma once
#include "base/core/ids.hpp"

#include <optional>

namespace kith::model {

enum class NotificationRule { accept = 0, filter = 1, drop = 2 };

// What somebody does with notifications from whom they do not know.
struct NotificationPolicy {
    NotificationRule not_following = NotificationRule::accept;
    NotificationRule not_followers = NotificationRule::accept;
    NotificationRule new_accounts = NotificationRule::accept;
    NotificationRule private_mentions = NotificationRule::accept;
    NotificationRule limited_accounts = NotificationRule::filter;  // of silenced hosts and people
};

// Somebody whose notifications were filtered, and about whom the owner has not decided yet.
struct NotificationRequest {
    Id id = 0;
    Id owner_id = 0;
    Id from_id = 0;
    std::optional<Id> last_post_id;
    TimeMs created_at = 0, updated_at = 0;
    std::int64_t notifications = 0;  // that wait; counted when read
};

}  // namespace kith::model
