#pragma once
#include "node/community/posts.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

// What is talked about: counted from public posts of people who want to be found, in the open. Hashtags and pages
// by how many people used them in two days; posts by likes and boosts, less the older they are.
namespace kith::community {

// What a job does: the lists are made anew.
Result<> refresh_trends(Context&);

// One day of a hashtag.
struct TagDay {
    TimeMs day = 0;  // its beginning, UTC
    std::int64_t uses = 0, people = 0;
};
// The last seven days, today first.
Result<std::vector<TagDay>> tag_history(Context&, std::string_view name);

struct TrendingTag {
    Id id = 0;
    std::string name;  // as displayed
    std::vector<TagDay> history;
};
Result<std::vector<TrendingTag>> trending_tags(Context&, int limit, int offset);
struct TrendingLink {
    Card card;
    std::vector<TagDay> history;
};
Result<std::vector<TrendingLink>> trending_links(Context&, int limit, int offset);
// Those that the viewer may see and does not hide.
Result<std::vector<PostView>> trending_posts(Context&, const Viewer&, int limit, int offset);

}  // namespace kith::community
