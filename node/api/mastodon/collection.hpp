#pragma once
#include "base/json/writer.hpp"
#include "node/community/collections.hpp"

namespace kith::mastodon {

// Collection, CollectionItem.
void write_collection(json::Writer&, const community::Context&, const community::CollectionView&);
void write_collection_item(json::Writer&, const model::CollectionItem&);

}  // namespace kith::mastodon
