#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/relation.hpp"

#include <span>
#include <string>
#include <vector>

namespace kith::community {

// How a local actor stands to another: Mastodon's Relationship.
struct Relationship {
    Id actor_id = 0;
    bool following = false, requested = false, showing_boosts = false, notifying = false;
    bool followed_by = false, requested_by = false;
    bool blocking = false, blocked_by = false, domain_blocking = false;
    bool muting = false, muting_notifications = false;
    bool endorsed = false;
    std::vector<std::string> languages{};  // of the posts that are wanted; none = all
    std::string note;  // the member's own about the other
};
enum class SuspendedOnes { included, left_out };
Result<std::vector<Relationship>> relationships(Context&, Id actor_id, std::span<const Id> others,
                                                SuspendedOnes = SuspendedOnes::included);

struct FollowOptions {
    std::optional<bool> show_boosts, notify;
    std::optional<std::vector<std::string>> languages{};  // language tags; none = posts in all of them
};
// Following a group is joining it. A local, unlocked target accepts at once; everything else is
// pending until its Accept comes. Code::forbidden where one blocks the other, Code::unprocessable
// for oneself, and for what is no language.
Result<Relationship> follow(Context&, Id actor_id, Id target_id, const FollowOptions&);
Result<Relationship> unfollow(Context&, Id actor_id, Id target_id);
Result<Relationship> remove_follower(Context&, Id actor_id, Id follower_id);
Result<Relationship> authorize_follow(Context&, Id actor_id, Id follower_id);
Result<Relationship> reject_follow(Context&, Id actor_id, Id follower_id);
// Blocking ends follows in both directions.
Result<Relationship> block(Context&, Id actor_id, Id target_id);
Result<Relationship> unblock(Context&, Id actor_id, Id target_id);
Result<Relationship> mute(Context&, Id actor_id, Id target_id, bool notifications,
                          std::optional<TimeMs> duration_ms);
Result<Relationship> unmute(Context&, Id actor_id, Id target_id);

Result<Page<model::Actor>> followers(Context&, const Viewer&, Id actor_id, const PageRequest&);
Result<Page<model::Actor>> following(Context&, const Viewer&, Id actor_id, const PageRequest&);
Result<Page<model::Actor>> follow_requests(Context&, Id actor_id, const PageRequest&);
Result<Page<model::Actor>> blocks(Context&, Id actor_id, const PageRequest&);
Result<Page<model::Actor>> mutes(Context&, Id actor_id, const PageRequest&);
// Until when each of them is muted; nothing = without an end.
Result<std::vector<std::optional<TimeMs>>> mute_ends(Context&, Id actor_id, std::span<const model::Actor> muted);

}  // namespace kith::community
