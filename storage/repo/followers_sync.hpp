#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Who follows whom across two hosts, as FEP-8fcf compares it.
namespace kith::repo {

struct FollowersVersion {
    std::string actor_ap_id, followers_url;
    std::int64_t version = 0;  // another one after each change of the followers
};
Result<std::optional<FollowersVersion>> followers_version(sql::Tx&, Id actor);

// The ids of the accepted followers that an actor has at another host, deleted ones left out; at
// most `limit`.
Result<std::vector<std::string>> follower_ids_at(sql::Tx&, Id followed, std::string_view host,
                                                 int limit);

// One of those.
Result<std::optional<Id>> follower_at(sql::Tx&, Id followed, std::string_view host);

struct LocalFollower {
    Id actor_id = 0, follow_id = 0;
    std::string ap_id;
    TimeMs accepted_at = 0;
};
// Our people whose follow of an actor was accepted; at most `limit`.
Result<std::vector<LocalFollower>> accepted_local_followers(sql::Tx&, Id followed, int limit);

}  // namespace kith::repo
