#pragma once
#include "base/core/result.hpp"
#include "storage/model/personal.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/timelines.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What members keep for themselves: bookmarks, muted conversations, notes, endorsements, hosts that
// they do not want to see, how far they read, tags that they follow.
namespace kith::repo {

Result<> add_bookmark(sql::Tx&, Id actor, Id post, Id id);
Result<> remove_bookmark(sql::Tx&, Id actor, Id post);
// Posts that the actor may (still) see; paged by bookmark.
Result<std::vector<TimelineRow>> bookmarks_page(sql::Tx&, Id actor, const Window&);
// The same of what the actor likes.
Result<std::vector<TimelineRow>> favourites_page(sql::Tx&, Id actor, const Window&);
Result<std::vector<TimelineRow>> dislikes_page(sql::Tx&, Id actor, const Window&);
Result<std::vector<TimelineRow>> voted_page(sql::Tx&, Id actor, const Window&);  // up or down

Result<> mute_thread(sql::Tx&, Id actor, Id thread);
Result<> unmute_thread(sql::Tx&, Id actor, Id thread);
Result<bool> mutes_thread_of(sql::Tx&, Id actor, Id post);

// Of these posts: which are bookmarked, and which are in a conversation that is muted.
struct PersonalMarks {
    std::vector<Id> bookmarked, muted;
};
Result<PersonalMarks> personal_marks(sql::Tx&, Id actor, std::span<const Id> posts);

Result<> put_account_note(sql::Tx&, Id actor, Id target, std::string_view text);  // "" removes it
Result<std::string> account_note(sql::Tx&, Id actor, Id target);

Result<> add_endorsement(sql::Tx&, Id actor, Id target, Id id);
Result<> remove_endorsement(sql::Tx&, Id actor, Id target);
Result<bool> endorses(sql::Tx&, Id actor, Id target);
Result<std::vector<FollowRow>> endorsements_page(sql::Tx&, Id actor, const Window&);

// Of `target`'s followers, those whom `actor` follows.
Result<std::vector<model::Actor>> familiar_followers(sql::Tx&, Id actor, Id target, int limit);
// Whom somebody follows, as somebody else (nothing = nobody) may know it: of private groups their members learn.
Result<std::vector<FollowRow>> followed_seen_by(sql::Tx&, std::optional<Id> viewer, Id follower, const Window&);
// Whether a group's members are to be known to the viewer: those of a private one by its members, of one that is for
// this node's people by them.
Result<bool> members_seen_by(sql::Tx&, std::optional<Id> viewer, Id group);

struct HostRow {
    Id id = 0;
    std::string host;
};
Result<> add_own_domain_block(sql::Tx&, Id actor, std::string_view host, Id id);
Result<> remove_own_domain_block(sql::Tx&, Id actor, std::string_view host);
Result<bool> blocks_domain(sql::Tx&, Id actor, std::string_view host);
Result<std::vector<HostRow>> own_domain_blocks_page(sql::Tx&, Id actor, const Window&);

Result<> put_marker(sql::Tx&, Id actor, std::string_view timeline, Id last_read, TimeMs now);
Result<std::vector<model::Marker>> markers(sql::Tx&, Id actor);

struct FollowedTag {
    Id id = 0, tag_id = 0;
    std::string name, display;
};
Result<> follow_tag(sql::Tx&, Id actor, Id tag, Id id);
Result<> unfollow_tag(sql::Tx&, Id actor, Id tag);
Result<bool> follows_tag(sql::Tx&, Id actor, Id tag);
Result<std::vector<FollowedTag>> followed_tags_page(sql::Tx&, Id actor, const Window&);

}  // namespace kith::repo
