#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// A hashtag that somebody shows on their profile.
struct FeaturedTag {
    Id id = 0;
    Id actor_id = 0;
    std::string name;     // folded
    std::string display;  // as it is written
    TimeMs created_at = 0;
    // Of the actor's posts that everybody may read.
    std::int64_t posts = 0;
    std::optional<TimeMs> last_post_at;
};

}  // namespace kith::model
