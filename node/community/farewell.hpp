#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kith::community {

// Somebody is gone for good: by their own word, a moderator's, or their host's. Nobody sees their posts any more from now on; what
// signs them in is forgotten, and a job forgets the rest. The name is not given away again; neither is the address of who was
// suspended let in again. Peers are told of one of ours.
Result<> say_farewell(sql::Tx&, const Context&, const model::Actor&);

// The job: scrubs the posts in pieces, then forgets what the person kept for themselves. Gives the payload of the next piece.
inline constexpr std::string_view farewell_job = "farewell";
Result<std::optional<std::string>> continue_farewell(Context&, const std::string& payload);

}  // namespace kith::community
