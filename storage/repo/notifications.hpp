#pragma once
#include "base/core/result.hpp"
#include "storage/model/relation.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kith::repo {

Result<bool> add_notification(sql::Tx&, const model::Notification&);  // false where it was there
// From somebody, after a moment.
Result<std::int64_t> count_notifications_of(sql::Tx&, Id owner, Id from, TimeMs after);
Result<std::optional<model::Notification>> find_notification(sql::Tx&, Id owner, Id id);
// Those of a kind that tell of one of these posts.
Result<std::vector<model::Notification>> notifications_of_posts(sql::Tx&, Id owner, model::NotificationKind, std::span<const Id> posts);
struct NotificationRows {
    std::string kinds;              // a JSON array of those to give
    std::optional<Id> from;         // only from this one
    bool with_filtered = false;
    std::optional<Id> unread_above;  // only unread ones, where this was the last one read
};
// Leaves out what mutes and blocks hide.
Result<std::vector<model::Notification>> notifications_page(sql::Tx&, Id owner, const NotificationRows&, TimeMs now,
                                                            const Window&);

// Notifications of one kind about one post (or none) that came in a span of time.
struct NotificationGroup {
    model::NotificationKind kind{};
    std::optional<Id> post_id;
    TimeMs since = 0, until = 0;
};
Result<std::int64_t> count_notification_group(sql::Tx&, Id owner, const NotificationGroup&, TimeMs now);
// Newest first.
Result<std::vector<model::Notification>> notification_group(sql::Tx&, Id owner, const NotificationGroup&, TimeMs now,
                                                            int limit);
Result<> remove_notification_group(sql::Tx&, Id owner, const NotificationGroup&);
// Says of one whether it was read, whatever the owner's mark says; false where it is not the owner's.
Result<bool> set_notification_seen(sql::Tx&, Id owner, Id id, bool seen);
Result<> forget_notifications_seen(sql::Tx&, Id owner);  // only the mark counts
// Of those, by id: which were said to be read (true) or not (false).
Result<std::vector<std::pair<Id, bool>>> notifications_seen(sql::Tx&, Id owner, std::span<const Id> ids);
Result<bool> remove_notification(sql::Tx&, Id owner, Id id);  // false: it is not the owner's
Result<> clear_notifications(sql::Tx&, Id owner);
// What is undone takes its notification back.
Result<> withdraw_notification(sql::Tx&, Id owner, model::NotificationKind, Id from,
                               std::optional<Id> post);
Result<> withdraw_notifications_between(sql::Tx&, Id owner, Id from);

Result<std::vector<Id>> local_boosters(sql::Tx&, Id post, int limit);  // whom an edit concerns

}  // namespace kith::repo
