#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/emoji.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The node's own emoji, which its people write as :shortcode: (FEP-9098).
namespace kith::community {

// `file`: its picture in the store, as a path. One of that name is replaced, and profiles that have it
// are told anew. Code::unprocessable for what is no shortcode, a long category, and one too many.
Result<model::CustomEmoji> add_custom_emoji(Context&, std::string_view shortcode, std::string_view file,
                                            std::string_view category);
// With what stands beside its picture; `file` empty: the picture stays. Another name or picture is for posts to
// come. Code::not_found; Code::unprocessable also where another one has its name.
struct EmojiChange {
    std::optional<std::string> shortcode, category, alt_text;
    std::optional<std::vector<std::string>> keywords;
    std::string file;
};
Result<model::CustomEmoji> change_custom_emoji(Context&, Id, const EmojiChange&);
Result<model::CustomEmoji> custom_emoji(Context&, Id);  // Code::not_found
// Not offered any more; posts that have it keep it. Code::not_found.
Result<> retire_custom_emoji(Context&, std::string_view shortcode);
Result<std::vector<model::CustomEmoji>> custom_emojis(Context&);  // by category and name
// Code::not_found where it is none of ours.
Result<model::CustomEmoji> custom_emoji(Context&, std::string_view shortcode);

// Those of them that a text uses, at most so many.
Result<std::vector<model::CustomEmoji>> own_emojis_in(sql::Tx&, std::string_view text, std::size_t most);
// In the transaction of a post of ours: which of them it uses.
Result<> attach_own_emojis(sql::Tx&, const model::Post&);
// Of somebody of ours, before they are stored: which of them name, description and fields use.
Result<> note_own_emojis(sql::Tx&, model::Actor&);

}  // namespace kith::community
