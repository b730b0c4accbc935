#pragma once
#include "node/community/notifications.hpp"

#include <cstdint>
#include <optional>
#include <vector>

// Notifications that are alike, told as one: the same kind, about the same post, within the same half
// day. Nothing of it is stored; a notification's group follows from its row.
namespace kith::community {

struct NotificationGroupKey {
    model::NotificationKind kind{};
    std::optional<Id> post_id;
    std::int64_t half_day = 0;     // since 1970
    std::optional<Id> alone;       // of one that is in no group: its id, and nothing else counts
    bool operator==(const NotificationGroupKey&) const = default;
};

// Kinds that have groups: likes, boosts, follows and sign-ups.
bool has_groups(model::NotificationKind);
NotificationGroupKey group_key_of(const model::Notification&);
NotificationGroupKey alone_key_of(const model::Notification&);

struct NotificationGroup {
    NotificationGroupKey key;
    NotificationView newest;
    std::int64_t count = 0;
    Id page_min_id = 0, page_max_id = 0;   // of those on the page
    std::vector<model::Actor> sample;      // whom the newest ones are from
};

// `grouped`: the kinds that shall be grouped. A page is a run of notifications, so a group that goes on
// below it comes again on the next one, with the same key.
Result<Page<NotificationGroup>> notification_groups(Context&, Id owner, const NotificationFilter&,
                                                    const std::vector<model::NotificationKind>& grouped,
                                                    const PageRequest&);
// Code::not_found for a key that nothing has (any more).
Result<NotificationGroup> notification_group(Context&, Id owner, const NotificationGroupKey&);
Result<std::vector<model::Actor>> notification_group_accounts(Context&, Id owner, const NotificationGroupKey&);
Result<> dismiss_notification_group(Context&, Id owner, const NotificationGroupKey&);
Result<int> unread_notification_groups(Context&, Id owner, const NotificationFilter&,
                                       const std::vector<model::NotificationKind>& grouped, int limit);

}  // namespace kith::community
