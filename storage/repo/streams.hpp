#pragma once
#include "base/core/result.hpp"
#include "storage/model/event.hpp"
#include "storage/model/relation.hpp"
#include "storage/repo/groups.hpp"
#include "storage/sql/db.hpp"

#include <span>
#include <vector>

// What is new, and whom of those who listen it concerns. `among`: local actors.
namespace kith::repo {

struct LastNews {
    Id event = 0, notification = 0;
};
Result<LastNews> last_news(sql::Tx&);
// Oldest first, at most `limit`. Events without what only the publisher needs of them.
Result<std::vector<model::Event>> events_since(sql::Tx&, Id after, int limit);
Result<std::vector<model::Notification>> notifications_since(sql::Tx&, Id after, int limit);  // unfiltered ones

// Who has this row in their home.
Result<std::vector<Id>> home_owners(sql::Tx&, Id entry, Id post, std::span<const Id> among);
Result<std::vector<Id>> followers_among(sql::Tx&, Id actor, std::span<const Id> among);
// Who follows one of the post's hashtags.
Result<std::vector<Id>> tag_followers_of(sql::Tx&, Id post, std::span<const Id> among);
// Who does not see this actor: blocks and mutes it, blocks its host, or is blocked by it.
Result<std::vector<Id>> hiding(sql::Tx&, Id actor, std::span<const Id> among, TimeMs now);
Result<std::vector<Id>> exclusively_listing(sql::Tx&, Id actor, std::span<const Id> among);
Result<std::vector<Id>> with_filters(sql::Tx&, std::span<const Id> among);

// Of these tokens, those that are good: not revoked, of somebody who may act.
Result<std::vector<Id>> good_tokens(sql::Tx&, std::span<const Id> tokens);
// A post's entries in groups.
Result<std::vector<GroupEntry>> group_entries_of(sql::Tx&, Id post);
// Conversations that end with this post, of these owners.
struct ConversationOf {
    Id id = 0, owner_id = 0;
};
Result<std::vector<ConversationOf>> conversations_ending_with(sql::Tx&, Id post, std::span<const Id> among);

}  // namespace kith::repo
