#pragma once
#include "node/community/posts.hpp"

#include <vector>

namespace kith::community {

// Adds to each view what its post quotes, how often it is quoted, and who may quote it. Quoted posts
// come whole, and name what they quote themselves by id. A fixed number of statements, and one or
// two more for each post that not everybody may quote.
Result<> attach_quotes(sql::Tx&, const Viewer&, std::vector<PostView>&);

// load_views() without quotes (post_views.cpp).
Result<std::vector<PostView>> load_bare_views(sql::Tx&, const Viewer&, std::span<const Entry>);

}  // namespace kith::community
