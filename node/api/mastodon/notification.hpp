#pragma once
#include "base/json/writer.hpp"
#include "node/community/notifications.hpp"

#include <optional>
#include <string_view>

namespace kith::mastodon {

std::string_view notification_type(model::NotificationKind);
// Nothing for a type that does not occur here.
std::optional<model::NotificationKind> notification_kind(std::string_view type);

// Notification, as its owner sees it.
void write_notification(json::Writer&, const community::Context&, Id owner_id,
                        const community::NotificationView&);

}  // namespace kith::mastodon
