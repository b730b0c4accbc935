#pragma once
#include "base/json/writer.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/featured_tag.hpp"

namespace kith::mastodon {

// FeaturedTag. `owner` has the page of the tag; posts of a remote one are shown by their host.
void write_featured_tag(json::Writer&, const community::Context&, const model::Actor& owner, const model::FeaturedTag&);

}  // namespace kith::mastodon
