#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <string_view>
#include <vector>

// Who has an emoji of ours in their profile.
namespace kith::repo {

// Of ours, whose name, description or fields hold the text byte for byte.
Result<std::vector<model::Actor>> local_actors_with(sql::Tx&, std::string_view text, int limit);

}  // namespace kith::repo
