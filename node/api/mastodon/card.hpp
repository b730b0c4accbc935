#pragma once
#include "base/json/writer.hpp"
#include "node/community/posts.hpp"

namespace kith::mastodon {

// What a page says (entities/PreviewCard); without the closing brace, for what has more to say of it.
void begin_card(json::Writer&, const community::Context&, const community::Card&);
void write_card(json::Writer&, const community::Context&, const std::optional<community::Card>&);  // null without one

}  // namespace kith::mastodon
