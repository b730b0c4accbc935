#pragma once
#include "storage/model/actor.hpp"
#include "storage/model/relation.hpp"
#include "storage/model/severance.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <vector>

// Follows that ended because a host was suspended.
namespace kith::repo {

Result<> add_severance(sql::Tx&, const model::Severance&);
Result<std::optional<model::Severance>> find_severance(sql::Tx&, Id);
// Follows between people here and actors that are hidden with their hosts, in either direction.
Result<std::vector<model::Follow>> follows_to_sever(sql::Tx&, int limit);
Result<> add_severed(sql::Tx&, Id severance, const model::Follow&);

struct SeveredCounts {
    std::int64_t followers = 0, following = 0;
};
// Of one person here.
Result<SeveredCounts> severed_counts(sql::Tx&, Id severance, Id actor);
// Whom they lost: those who followed them, or those they followed; by id, from above `above`.
enum class Lost { followers, following };
Result<std::vector<model::Actor>> severed_actors(sql::Tx&, Id severance, Id actor, Lost, int limit);

// Whether an actor's host is silenced.
Result<bool> is_silenced(sql::Tx&, Id actor);

}  // namespace kith::repo
