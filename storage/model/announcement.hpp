#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// What everybody here agrees to.
struct Rule {
    Id id = 0;
    std::string text, hint;
};

// What the operators tell all members.
struct Announcement {
    Id id = 0;
    std::string text;  // as written
    std::optional<TimeMs> starts_at, ends_at;
    bool all_day = false;
    TimeMs published_at = 0;
};

}  // namespace kith::model
