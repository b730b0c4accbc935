#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::community {

// What a node says of itself; counted, never guessed (NodeInfo: no false statistics).
struct Statistics {
    std::int64_t users = 0, active_day = 0, active_week = 0, active_month = 0, active_half_year = 0, posts = 0, peers = 0;
    std::int64_t groups = 0, threads = 0, comments = 0;  // of groups here
};
Result<Statistics> statistics(Context&);

// Hosts of which an account is known here, by name, at most limits::known_hosts_max.
Result<std::vector<std::string>> known_hosts(Context&);

// Whom to turn to: the first admin; nothing where there is none.
Result<std::optional<model::Actor>> contact_account(Context&);

}  // namespace kith::community
