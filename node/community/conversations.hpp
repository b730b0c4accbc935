#pragma once
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/personal.hpp"

#include <vector>

// Threads of direct posts as each of those in them has them.
namespace kith::community {

struct ConversationView {
    model::Conversation conversation;
    std::vector<model::Actor> others;  // in its last post
    std::optional<PostView> last;
};
Result<Page<ConversationView>> conversations(Context&, Id owner, const PageRequest&);
// Code::not_found where it is not the owner's.
Result<ConversationView> set_conversation_unread(Context&, Id owner, Id id, bool unread);
Result<> remove_conversation(Context&, Id owner, Id id);

Result<ConversationView> load_conversation(sql::Tx&, Id owner, Id id);

// In the transaction of a direct post, after its audience: each of ours in it has it on top.
Result<> enter_conversations(sql::Tx&, const Context&, const model::Post&);

}  // namespace kith::community
