#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

enum class FollowState { pending = 0, accepted = 1 };

struct Follow {
    Id id = 0;
    Id follower_id = 0, followed_id = 0;
    FollowState state = FollowState::pending;
    std::string ap_id;       // of the Follow activity, ours or theirs
    bool show_boosts = true;
    bool notify = false;
    TimeMs created_at = 0;
    std::optional<TimeMs> accepted_at;
    std::vector<std::string> languages{};  // of the posts that the follower wants; none = all
};

struct Block {
    Id actor_id = 0, target_id = 0;
    std::string ap_id;
    TimeMs created_at = 0;
};

struct Mute {
    Id actor_id = 0, target_id = 0;
    bool hide_notifications = true;
    TimeMs created_at = 0;
    std::optional<TimeMs> expires_at;
};

enum class NotificationKind { mention = 0, reblog = 1, favourite = 2, follow = 3, follow_request = 4, poll = 5, update = 6, status = 7, quote = 8, quoted_update = 9, admin_report = 10, admin_sign_up = 11, moved = 13, severed_relationships = 14, added_to_collection = 15, collection_update = 16, moderation_warning = 20, gathering_changed = 21, gathering_asked = 22, answer_chosen = 23 };

struct Notification {
    Id id = 0;
    Id owner_id = 0;                 // local actor
    NotificationKind kind = NotificationKind::mention;
    Id from_id = 0;                  // actor
    std::optional<Id> post_id;
    TimeMs created_at = 0;
    std::optional<Id> report_id;     // of admin_report
    std::optional<Id> severance_id;  // of severed_relationships
    std::optional<Id> collection_id; // of added_to_collection, collection_update
    bool filtered = false;           // held back until its owner decides about who it is from
    std::optional<Id> act_id = {};   // of moderation_warning: what a group's team did
};

}  // namespace kith::model
