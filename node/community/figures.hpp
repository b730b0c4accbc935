#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::community {

// What a node tells about itself to clients and to crawlers: counted, not estimated.
struct Figures {
    std::int64_t users = 0, active_month = 0, active_half_year = 0;
    std::int64_t local_posts = 0;
    std::int64_t known_hosts = 0;
};
Result<Figures> figures(Context&);

// Whom to turn to: the first admin; nothing where there is none.
Result<std::optional<model::Actor>> contact_account(Context&);

// Hosts of which an account is known here, at most limits::known_hosts_max.
Result<std::vector<std::string>> known_hosts(Context&);

}  // namespace kith::community
