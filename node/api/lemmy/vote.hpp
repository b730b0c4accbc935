#pragma once
#include "node/api/lemmy/api_context.hpp"

namespace kith::lemmy {

// A vote up, down, or none: `is_upvote` is left out to take it back.
Result<> vote(const ApiContext&, Id actor, Id post, const http::Params&);

}  // namespace kith::lemmy
