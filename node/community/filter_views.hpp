#pragma once
#include "node/community/posts.hpp"

namespace kith::community {

// Sets `filtered` of each view: the viewer's filters that it meets. One statement for a viewer
// without filters, three for others.
Result<> attach_filters(sql::Tx&, const Viewer&, std::vector<PostView>&);

// Whether one of the viewer's filters takes the post out of such a place at this time.
bool hidden_by_filter(const PostView&, model::FilterContext, TimeMs now);

}  // namespace kith::community
