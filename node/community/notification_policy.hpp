#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/notification_policy.hpp"
#include "storage/model/relation.hpp"
#include "storage/repo/notification_policies.hpp"

#include <optional>
#include <span>
#include <vector>

// Notifications from whom their owner does not know (Mastodon: NotificationPolicy and
// NotificationRequest).
namespace kith::community {

// What happens to a notification of this kind from this actor: the strictest rule that concerns it.
// Whom the owner follows, whom they permitted, and who moderates here is always heard.
Result<model::NotificationRule> notification_rule(sql::Tx&, const Context&, Id owner, model::NotificationKind,
                                                  const model::Actor& from, std::optional<Id> post);

struct NotificationPolicyView {
    model::NotificationPolicy policy;
    repo::FilteredCounts waiting;
};
Result<NotificationPolicyView> notification_policy(Context&, Id owner);

struct NotificationPolicyChange {
    std::optional<model::NotificationRule> not_following, not_followers, new_accounts, private_mentions,
        limited_accounts;
};
Result<NotificationPolicyView> set_notification_policy(Context&, Id owner, const NotificationPolicyChange&);

struct NotificationRequestView {
    model::NotificationRequest request;
    model::Actor from;
    std::optional<PostView> last_post;
};
Result<Page<NotificationRequestView>> notification_requests(Context&, Id owner, const PageRequest&);
Result<NotificationRequestView> notification_request(Context&, Id owner, Id request);
// All or none; Code::not_found where one is not the owner's. Accepted: what waits is shown, and they
// are heard from now on. Dismissed: what waits is thrown away.
Result<> accept_notification_requests(Context&, Id owner, std::span<const Id> requests);
Result<> dismiss_notification_requests(Context&, Id owner, std::span<const Id> requests);

}  // namespace kith::community
