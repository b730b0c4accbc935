#pragma once
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "node/community/relations.hpp"
#include "storage/model/personal.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What members keep for themselves; no peer and no other member is told of any of it, except of whom
// they endorse.
namespace kith::community {

// Posts that the member may see; Code::not_found else.
Result<> bookmark(Context&, Id actor, Id post);
Result<> unbookmark(Context&, Id actor, Id post);
Result<Page<PostView>> bookmarks(Context&, Id actor, const PageRequest&);
Result<Page<PostView>> favourites(Context&, Id actor, const PageRequest&);
Result<Page<PostView>> dislikes(Context&, Id actor, const PageRequest&);
Result<Page<PostView>> voted(Context&, Id actor, const PageRequest&);  // both

// No notifications from the post's conversation any more.
Result<> mute_conversation(Context&, Id actor, Id post);
Result<> unmute_conversation(Context&, Id actor, Id post);

// Code::unprocessable for a note that is too long.
Result<Relationship> set_note(Context&, Id actor, Id target, std::string_view text);
// Code::unprocessable for somebody whom the member does not follow.
Result<Relationship> endorse(Context&, Id actor, Id target);
Result<Relationship> unendorse(Context&, Id actor, Id target);
Result<Page<model::Actor>> endorsements(Context&, Id actor, const PageRequest&);
// Whom the member follows of those who follow the target.
Result<std::vector<model::Actor>> familiar_followers(Context&, Id actor, Id target);

// Nobody of that host is seen or heard by the member any more; follows in both directions end.
// Code::unprocessable for what is no host, and for this one.
Result<> block_host(Context&, Id actor, std::string_view host);
Result<> unblock_host(Context&, Id actor, std::string_view host);
Result<Page<std::string>> blocked_hosts(Context&, Id actor, const PageRequest&);

Result<std::vector<model::Marker>> markers(Context&, Id actor);
Result<> set_markers(Context&, Id actor, const std::vector<std::pair<std::string, Id>>& by_timeline);

struct FollowedTag {
    std::string name;  // as displayed
    bool following = false, featuring = false;
};
// Code::unprocessable for what is no hashtag.
Result<FollowedTag> tag_by_name(Context&, std::optional<Id> viewer, std::string_view name);
Result<FollowedTag> follow_tag(Context&, Id actor, std::string_view name);
Result<FollowedTag> unfollow_tag(Context&, Id actor, std::string_view name);
Result<Page<FollowedTag>> followed_tags(Context&, Id actor, const PageRequest&);

}  // namespace kith::community
