#pragma once
#include "base/core/lru_map.hpp"
#include "base/core/result.hpp"
#include "config/limits/followers_sync.hpp"
#include "storage/sql/db.hpp"

#include <string>
#include <string_view>

namespace kith::delivery {

// The id of the followers that an actor of ours has at the asking host (FEP-8fcf).
std::string followers_synchronization_url(std::string_view actor_ap_id);

// The Collection-Synchronization headers of our actors for other hosts. Computed once for an actor
// and a host, and again only after the actor's followers changed. One thread only.
class FollowersStates {
public:
    explicit FollowersStates(sql::Db& db) : db_(db), known_(limits::followers_sync_digests_max) {}

    // "" where there are too many followers for one list, or nobody of that id.
    Result<std::string> header_for(Id actor, const std::string& host);

private:
    struct Known {
        std::int64_t version = 0;
        std::string header;
    };

    sql::Db& db_;
    LruMap<Known> known_;
};

}  // namespace kith::delivery
