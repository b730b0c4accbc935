#pragma once
#include "node/community/context.hpp"
#include "storage/model/featured_tag.hpp"

#include <string>
#include <string_view>
#include <vector>

// Hashtags that people show on their profile; peers read them from the actor's `featuredTags`.
namespace kith::community {

// Code::unprocessable for what is no hashtag, is featured already, or is one too many.
Result<model::FeaturedTag> feature_tag(Context&, Id actor, std::string_view name);
Result<> unfeature_tag(Context&, Id actor, Id tag);  // Code::not_found
Result<> unfeature_tag(Context&, Id actor, std::string_view name);  // nothing where it is not featured
Result<std::vector<model::FeaturedTag>> featured_tags(Context&, Id actor);
// Tags that might be featured: what the person used most of late.
Result<std::vector<std::string>> featured_tag_suggestions(Context&, Id actor);

// What a remote actor's own collection names, in place of what was known.
Result<> replace_featured_tags(sql::Tx&, const Context&, Id actor, const std::vector<std::string>& names);

}  // namespace kith::community
