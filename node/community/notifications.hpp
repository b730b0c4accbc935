#pragma once
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "node/community/reports.hpp"
#include "node/community/severances.hpp"
#include "storage/model/relation.hpp"

#include <vector>

namespace kith::community {

struct NotificationView {
    model::Notification notification;
    model::Actor from;
    std::optional<PostView> post;
    std::optional<ReportView> report;  // of admin_report
    std::optional<SeveranceView> severance;  // of severed_relationships
};

struct NotificationFilter {
    std::vector<model::NotificationKind> types, exclude_types;  // empty = all
    std::optional<Id> from_id;
};
Result<Page<NotificationView>> notifications(Context&, Id actor_id, const NotificationFilter&,
                                             const PageRequest&);
Result<NotificationView> notification(Context&, Id actor_id, Id notification_id);
Result<> clear_notifications(Context&, Id actor_id);
Result<> dismiss_notification(Context&, Id actor_id, Id notification_id);

// Writes one, where the owner is local, wants it (no block, no mute of `from`), and it is not there
// yet.
Result<> notify(sql::Tx&, const Context&, Id owner_id, model::NotificationKind, Id from_id,
                std::optional<Id> post_id);

}  // namespace kith::community
