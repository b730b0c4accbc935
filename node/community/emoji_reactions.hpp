#pragma once
#include "node/community/context.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

#include <string_view>

namespace kith::community {

// A member reacts with an emoji of Unicode, and takes that back (FEP-c0e0). Each is idempotent.
// Code::not_found where the post is not visible; Code::unprocessable for what is no emoji and for
// one more than a person may leave at one post; what may_interact() says of likes.
Result<> react_with_emoji(Context&, Id actor_id, Id post_id, std::string_view emoji);
Result<> take_emoji_back(Context&, Id actor_id, Id post_id, std::string_view emoji);

// The author was told of a favourite: not any more, once the actor has taken back every way of it.
Result<> withdraw_favourite(sql::Tx&, Id actor_id, const model::Post&);

}  // namespace kith::community
