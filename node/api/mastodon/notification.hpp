#pragma once
#include "base/json/writer.hpp"
#include "node/community/notification_groups.hpp"
#include "node/http/params.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::mastodon {

std::string_view notification_type(model::NotificationKind);
// Of these types, those that occur here.
std::vector<model::NotificationKind> notification_kinds(const std::vector<std::string_view>& types);

// types[], exclude_types[], account_id and include_filtered of a request; nothing where it asks only
// for types that do not occur here.
std::optional<community::NotificationFilter> notification_filter(const http::Params&);

// "favourite-<post>-<half day>", "follow-<half day>", "ungrouped-<notification>".
std::string group_key_text(const community::NotificationGroupKey&);
std::optional<community::NotificationGroupKey> group_key_from(std::string_view text);

// supported_types[]: what the client can show itself. It is told in words of what it cannot; of nothing,
// where it does not say.
using SupportedTypes = std::vector<std::string_view>;
SupportedTypes supported_types(const http::Params&);

// Notification, as its owner sees it.
void write_notification(json::Writer&, const community::Context&, Id owner_id,
                        const community::NotificationView&, const SupportedTypes& = {});
// NotificationFallback, where the client needs it and the kind has one.
void write_fallback(json::Writer&, const community::Context&, const community::NotificationView&, const SupportedTypes&);
// What belongs to some types only: `report`, `event`, `collection`.
void write_notification_extras(json::Writer&, const community::Context&, const community::NotificationView&);

}  // namespace kith::mastodon
