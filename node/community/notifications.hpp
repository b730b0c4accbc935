#pragma once
#include "node/community/collections.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "node/community/reports.hpp"
#include "node/community/severances.hpp"
#include "storage/model/relation.hpp"
#include "storage/repo/notifications.hpp"

#include <vector>

namespace kith::community {

struct NotificationView {
    model::Notification notification;
    model::Actor from;
    std::optional<PostView> post;
    std::optional<ReportView> report;  // of admin_report
    std::optional<SeveranceView> severance;  // of severed_relationships
    std::optional<CollectionView> collection;  // of added_to_collection, collection_update
    std::optional<GroupActView> act;         // of moderation_warning
};

struct NotificationFilter {
    std::vector<model::NotificationKind> types, exclude_types;  // empty = all
    std::optional<Id> from_id;
    bool with_filtered = false;
    std::optional<Id> unread_above;  // only unread ones (repo::NotificationRows)
};
Result<Page<NotificationView>> notifications(Context&, Id actor_id, const NotificationFilter&,
                                             const PageRequest&);
Result<NotificationView> notification(Context&, Id actor_id, Id notification_id);
Result<> clear_notifications(Context&, Id actor_id);
Result<> dismiss_notification(Context&, Id actor_id, Id notification_id);

// How many are newer than the owner's mark, counted up to `limit`.
Result<int> unread_notifications(Context&, Id actor_id, const NotificationFilter&, int limit);

// One by itself, whatever the owner's mark says of those before it. Code::not_found.
Result<> set_notification_seen(Context&, Id actor_id, Id notification_id, bool seen);
// All that are there, by the mark alone.
Result<> see_all_notifications(Context&, Id actor_id);
// Of each of these whether it is read, in their order.
Result<std::vector<bool>> notifications_read(Context&, Id actor_id, const std::vector<NotificationView>&);
Result<std::vector<bool>> notifications_read(sql::Tx&, Id actor_id, const std::vector<Id>& ids);

// For who works with rows: what storage is to read, and what is shown of it. Rows whose post is not
// visible (any more) or that the owner's filters hide are left out.
repo::NotificationRows rows_of(const NotificationFilter&);
Result<std::vector<NotificationView>> load_notifications(sql::Tx&, const Context&, Id owner,
                                                         const std::vector<model::Notification>&);
// The last notification that the owner has read, as they say; 0 for none.
Result<Id> last_read_notification(sql::Tx&, Id owner);

// Writes one, where the owner is local, wants it (no block, no mute of `from`), and it is not there
// yet. What the owner's rules hold back is written as filtered.
Result<> notify(sql::Tx&, const Context&, Id owner_id, model::NotificationKind, Id from_id,
                std::optional<Id> post_id, std::optional<Id> collection_id = {});

}  // namespace kith::community
