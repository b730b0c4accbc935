#pragma once
#include "base/core/result.hpp"
#include "storage/model/personal.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <vector>

// Threads of direct posts, and posts that wait for their time.
namespace kith::repo {

// The thread goes to the top of the owner's conversations; `id` where it is new. A post older than the
// last one changes nothing but may make it unread.
Result<> touch_conversation(sql::Tx&, const model::Conversation&);
Result<std::optional<model::Conversation>> find_conversation(sql::Tx&, Id owner, Id id);
Result<> set_conversation_read(sql::Tx&, Id owner, Id id, bool unread);
Result<bool> remove_conversation(sql::Tx&, Id owner, Id id);
// Paged by the last post.
Result<std::vector<model::Conversation>> conversations_page(sql::Tx&, Id owner, const Window&);
// Posts of the owner's conversations, direct ones that the owner may see: their ids, newest first.
Result<std::vector<Id>> direct_posts(sql::Tx&, Id owner, const Window&);
// The last post is deleted: its conversations end at the one before, or are gone.
Result<> rewind_conversations(sql::Tx&, Id deleted_post);

Result<> insert_scheduled(sql::Tx&, const model::ScheduledPost&);
Result<bool> reschedule(sql::Tx&, Id actor, Id id, TimeMs due_at);
Result<bool> remove_scheduled(sql::Tx&, Id actor, Id id);
Result<std::optional<model::ScheduledPost>> find_scheduled(sql::Tx&, Id actor, Id id);
Result<std::vector<model::ScheduledPost>> scheduled_page(sql::Tx&, Id actor, const Window&);
Result<std::int64_t> count_scheduled(sql::Tx&, Id actor, TimeMs from, TimeMs until);
Result<std::vector<model::ScheduledPost>> scheduled_due(sql::Tx&, TimeMs now, int limit);

}  // namespace kith::repo
