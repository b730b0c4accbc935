#pragma once
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <span>
#include <string>
#include <vector>

// What is talked about.
namespace kith::repo {

enum class TrendKind { tags = 0, posts = 1, links = 2 };
Result<> put_trends(sql::Tx&, TrendKind, std::span<const Id> in_order);  // in the place of those before
Result<std::vector<Id>> trends(sql::Tx&, TrendKind, int limit, int offset);

// Hashtags of public posts since then, by how many people used them; of people who want to be found,
// on hosts that are not silenced. At least `people_min` of them.
Result<std::vector<Id>> tags_by_people(sql::Tx&, Id since, int people_min, int limit);
struct PostInterest {
    Id post_id = 0;
    TimeMs published_at = 0;
    std::int64_t likes = 0, boosts = 0;
};
// Public posts since then without a warning that people like or boost, those of most first; of
// authors as above, one that answers nothing.
Result<std::vector<PostInterest>> liked_posts(sql::Tx&, Id since, int interest_min, int limit);

struct TagUse {
    Id post_id = 0, actor_id = 0;
};
// Public posts with the hashtag since then, newest first.
Result<std::vector<TagUse>> uses_of_tag(sql::Tx&, Id tag, Id since, int limit);
Result<std::string> tag_name(sql::Tx&, Id tag);  // as displayed

}  // namespace kith::repo
