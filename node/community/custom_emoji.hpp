#pragma once
#include "node/community/context.hpp"
#include "storage/model/emoji.hpp"
#include "storage/model/post.hpp"

#include <string>
#include <string_view>
#include <vector>

// The node's own emoji, which its people write as :shortcode: (FEP-9098).
namespace kith::community {

// `file`: its picture in the store, as a path. One of that name is replaced. Code::unprocessable for
// what is no shortcode, a long category, and one too many.
Result<model::CustomEmoji> add_custom_emoji(Context&, std::string_view shortcode, std::string_view file,
                                            std::string_view category);
// Not offered any more; posts that have it keep it. Code::not_found.
Result<> retire_custom_emoji(Context&, std::string_view shortcode);
Result<std::vector<model::CustomEmoji>> custom_emojis(Context&);  // by category and name
// Code::not_found where it is none of ours.
Result<model::CustomEmoji> custom_emoji(Context&, std::string_view shortcode);

// In the transaction of a post of ours: which of them it uses.
Result<> attach_own_emojis(sql::Tx&, const model::Post&);

}  // namespace kith::community
