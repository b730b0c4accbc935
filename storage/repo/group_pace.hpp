#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>

// When somebody wrote last in a slow group, by this node's clock.
namespace kith::repo {

struct GroupPace {
    std::optional<TimeMs> thread_at, comment_at;
};
Result<GroupPace> group_pace(sql::Tx&, Id group, Id actor);
Result<> put_group_pace(sql::Tx&, Id group, Id actor, const GroupPace&);

}  // namespace kith::repo
