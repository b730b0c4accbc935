#pragma once
#include "base/json/writer.hpp"
#include "node/community/conversations.hpp"

namespace kith::mastodon {

// Conversation, as its owner sees it.
void write_conversation(json::Writer&, const community::Context&, Id owner, const community::ConversationView&);

}  // namespace kith::mastodon
