#pragma once
#include "node/community/context.hpp"

namespace kith::community {

// What a node says of itself; counted, never guessed (NodeInfo: no false statistics).
struct Statistics {
    std::int64_t users = 0, active_month = 0, active_half_year = 0, posts = 0, peers = 0;
};
Result<Statistics> statistics(Context&);

}  // namespace kith::community
