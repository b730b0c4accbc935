#pragma once
#include "node/community/context.hpp"
#include "node/http/exchange.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>

// Pages of groups that have moved, and of what is in them, lead to the new place (docs/moving.md).
namespace kith::web {

inline constexpr int moved_for_good = 301;

// Of a group here.
std::optional<std::string> new_place_of(const community::Context&, const model::Actor& group);
// Of a post that was in one when it moved: what the group's new host shows.
Result<std::optional<std::string>> new_place_of(community::Context&, const model::Post&);

// /c/NAME/thread?id=URL: the page here of a post that is, or was, in the group, by its ActivityPub id. Where other
// hosts, which do not know the page, send those who ask for it.
Result<> thread_of_group(community::Context&, http::Exchange&);

}  // namespace kith::web
