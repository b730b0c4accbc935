#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <vector>

// People and groups that want to be found.
namespace kith::repo {

enum class DirectoryOrder { active, newest };
// Of whom the viewer neither blocks nor mutes, where there is one.
Result<std::vector<model::Actor>> directory(sql::Tx&, std::optional<Id> viewer, DirectoryOrder, bool local_only,
                                            int limit, int offset);

// Whom those follow that the actor follows, those followed by most of them first. Never whom the actor
// follows, asked to follow, blocks, mutes or does not want suggested.
Result<std::vector<model::Actor>> suggested_by_follows(sql::Tx&, Id actor, int limit);
// The same of local accounts, by their followers.
Result<std::vector<model::Actor>> suggested_by_size(sql::Tx&, Id actor, int limit);
Result<> dismiss_suggestion(sql::Tx&, Id actor, Id target);

}  // namespace kith::repo
