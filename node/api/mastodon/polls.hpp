#pragma once
#include "base/json/writer.hpp"
#include "node/community/posts.hpp"

namespace kith::mastodon {

// Poll (Mastodon: entities/Poll) of a view that has one; its id is the post's.
void write_poll(json::Writer&, const community::Context&, const community::Viewer&,
                const community::PostView&);

}  // namespace kith::mastodon
