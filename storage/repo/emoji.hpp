#pragma once
#include "base/core/result.hpp"
#include "storage/model/emoji.hpp"
#include "storage/sql/db.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Custom emoji of peers (FEP-9098) and reactions with emoji (FEP-c0e0).
namespace kith::repo {

// Stores what is new; of a known one the URL, unless what is known is newer. Gives the id that it
// has.
Result<Id> put_emoji(sql::Tx&, const model::CustomEmoji&);

// The node's own (host ""): put anew, and not offered any more (false where there is none).
Result<> put_own_emoji(sql::Tx&, const model::CustomEmoji&);
// All of it, by id; false where it is not offered. Code::conflict where another one has its shortcode.
Result<bool> change_own_emoji(sql::Tx&, const model::CustomEmoji&);
// A retired emoji of that name keeps its posts under another one.
Result<> free_shortcode(sql::Tx&, Id for_emoji, std::string_view shortcode);
Result<bool> retire_own_emoji(sql::Tx&, std::string_view shortcode);
Result<std::vector<model::CustomEmoji>> own_emojis(sql::Tx&);  // by category and name

Result<> add_post_emoji(sql::Tx&, Id post, Id emoji);
Result<> clear_post_emojis(sql::Tx&, Id post);
struct PostEmojiRow {
    Id post_id = 0;
    std::string shortcode, url;
};
Result<std::vector<PostEmojiRow>> emojis_of(sql::Tx&, std::span<const Id> posts);

// False, and nothing changed, where the person reacted so before.
Result<bool> add_emoji_reaction(sql::Tx&, const model::EmojiReaction&);
Result<int> count_emoji_reactions(sql::Tx&, Id actor, Id post);
Result<std::optional<model::EmojiReaction>> find_emoji_reaction(sql::Tx&, Id actor, Id post,
                                                                std::string_view name);
Result<std::optional<model::EmojiReaction>> find_emoji_reaction_by_ap_id(sql::Tx&,
                                                                         std::string_view ap_id);
Result<bool> remove_emoji_reaction(sql::Tx&, Id id);

// How many react with what, the most used first; of actors that are here no more nobody counts.
struct EmojiCountRow {
    Id post_id = 0;
    std::string name, url;  // no URL of what Unicode has
    std::int64_t count = 0;
    bool mine = false;
};
Result<std::vector<EmojiCountRow>> emoji_counts(sql::Tx&, std::optional<Id> viewer,
                                                std::span<const Id> posts);

}  // namespace kith::repo
