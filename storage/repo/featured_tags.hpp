#pragma once
#include "base/core/result.hpp"
#include "storage/model/featured_tag.hpp"
#include "storage/sql/db.hpp"

#include <string>
#include <vector>

// Hashtags on profiles (Mastodon: methods/featured_tags).
namespace kith::repo {

Result<bool> add_featured_tag(sql::Tx&, const model::FeaturedTag&);  // false where it is there
Result<bool> remove_featured_tag(sql::Tx&, Id actor, Id tag);
Result<> clear_featured_tags(sql::Tx&, Id actor);
// With their counts, most used first.
Result<std::vector<model::FeaturedTag>> featured_tags(sql::Tx&, Id actor);

// The hashtags (as displayed) that an actor uses most in open posts since `from`, without those that
// are featured.
Result<std::vector<std::string>> most_used_tags(sql::Tx&, Id actor, Id from, int limit);

}  // namespace kith::repo
