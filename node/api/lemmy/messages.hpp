#pragma once
#include "node/api/lemmy/api_context.hpp"
#include "base/json/writer.hpp"
#include "node/community/posts.hpp"

namespace kith::lemmy {

// PrivateMessage; and PrivateMessageView of a direct post, as one of the two sees it.
void write_message(json::Writer&, const community::PostView&, Id viewer);
void write_message_view(json::Writer&, const ApiContext&, const community::PostView&, Id viewer, std::string_view type = {});

// Without the names at its beginning, which say where it goes.
std::string message_text(const community::PostView&);
// Of several that are named the first; to whom it came it went.
const model::Actor& recipient_of(const community::PostView&, Id viewer);

}  // namespace kith::lemmy
