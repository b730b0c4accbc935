#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"

namespace kith::community {

// Each is idempotent: doing it twice is success. Code::not_found where the post is not visible.
Result<> react(Context&, Id actor_id, Id post_id, model::ReactionKind);
Result<> unreact(Context&, Id actor_id, Id post_id);
// Code::unprocessable for what may not be spread (direct, followers-only of others, group-private).
Result<model::Boost> boost(Context&, Id actor_id, Id post_id, model::Visibility);
Result<> unboost(Context&, Id actor_id, Id post_id);

Result<Page<model::Actor>> favourited_by(Context&, const Viewer&, Id post_id, const PageRequest&);
Result<Page<model::Actor>> boosted_by(Context&, const Viewer&, Id post_id, const PageRequest&);

}  // namespace kith::community
