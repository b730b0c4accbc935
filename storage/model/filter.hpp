#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

// What happens to a post that meets a filter: it is shown behind the filter's title, not at all, or
// with its pictures covered.
enum class FilterAction { warn = 0, hide = 1, blur = 2 };

// Where a filter holds: a set of bits.
enum FilterContext : int {
    filter_home = 1,           // and lists
    filter_notifications = 2,
    filter_public = 4,         // and hashtags
    filter_thread = 8,
    filter_account = 16,
};

struct FilterKeyword {
    Id id = 0;
    Id filter_id = 0;
    std::string keyword;    // as written
    std::string folded;     // text::fold() of it
    bool whole_word = true;
};

struct FilterPost {
    Id id = 0;
    Id filter_id = 0;
    Id post_id = 0;
};

// What a member does not want to read unasked.
struct Filter {
    Id id = 0;
    Id owner_id = 0;
    std::string title;
    int contexts = 0;  // FilterContext bits
    FilterAction action = FilterAction::warn;
    std::optional<TimeMs> expires_at;
    std::vector<FilterKeyword> keywords;
    std::vector<FilterPost> posts;

    bool holds(TimeMs now) const { return !expires_at || *expires_at > now; }
};

}  // namespace kith::model
