#pragma once
#include "base/json/writer.hpp"
#include "node/community/posts.hpp"

#include <string_view>

namespace kith::mastodon {

// CustomEmoji (Mastodon: entities/CustomEmoji). Pictures of peers' emoji are not for own texts.
void write_emoji(json::Writer&, const Urls&, std::string_view shortcode, std::string_view url);

// The members `emojis`: of a post, of an actor's name and profile.
void write_emojis(json::Writer&, const Urls&, const community::PostView&);
void write_emojis(json::Writer&, const Urls&, const model::Actor&);

// One of `reactions`; `url` of a custom emoji's picture, else "".
void write_reaction(json::Writer&, std::string_view name, std::int64_t count, bool mine, std::string_view url);

// `reactions`, as glitch-soc and its clients have it: {name, count, me, url, static_url}, the name
// of a custom emoji without colons; only where there are some.
void write_reactions(json::Writer&, const Urls&, const community::PostView&);

}  // namespace kith::mastodon
