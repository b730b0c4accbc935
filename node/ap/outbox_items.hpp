#pragma once
#include "config/urls.hpp"
#include "node/ap/collections.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"
#include "storage/repo/groups.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>

// The activities of outboxes, made anew from what is stored now: rows of what was sent live 30 days.
namespace kith::ap {

// Create and Announce of a person, newest first.
Result<OutboxItems> person_items(sql::Tx&, const Urls&, const model::Actor&, const community::Viewer&, std::optional<Id> below);
// Announce{Create{…}} of a group's entries (FEP-1b12), the newest of them; a post of another server by
// its id.
Result<OutboxItems> group_items(sql::Tx&, const Urls&, const model::Actor& group, const community::Viewer&);
// The same of all that was posted to a group, comments too, for who pages back.
Result<OutboxItems> group_history(sql::Tx&, const Urls&, const model::Actor& group, const community::Viewer&,
                                  std::optional<Id> below);

// One of them. A group's entry has two: the bare Announce that microblog servers show, under the entry's
// own id, and the one that embeds the Create (FEP-1b12).
Result<std::string> create_activity(sql::Tx&, const Urls&, const model::Post&, vocab::Context);
std::string boost_activity(const model::Actor&, const model::Boost&, const model::Post&, vocab::Context);
std::string entry_activity(const model::Actor& group, const repo::GroupEntry&, const model::Post&, vocab::Context);
// A comment has no entry: its Announce has its id from the comment.
Result<std::string> announced_comment(sql::Tx&, const Urls&, const model::Actor& group, const model::Post&, vocab::Context);
Result<std::string> announced_create(sql::Tx&, const Urls&, const model::Actor& group, const repo::GroupEntry&, const model::Post&,
                                     vocab::Context);
inline constexpr std::string_view announce_part = "announce";   // of the latter's id: Urls::activity_part

}  // namespace kith::ap
