#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// What a member's year was, as it was counted once.
struct AnnualReport {
    Id actor_id = 0;
    int year = 0;
    std::string data;               // JSON: node/community/annual_reports
    TimeMs created_at = 0;
    std::optional<TimeMs> viewed_at;
};

}  // namespace kith::model
