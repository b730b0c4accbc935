#pragma once
#include "base/core/result.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <string>
#include <string_view>
#include <vector>

// Which hosts have a post: every one that was sent it, or that showed that it has it (reply, like,
// boost, signed fetch). Edits and deletes go there too, and it answers "delivered to N of M".
namespace kith::repo {

// `known` never takes the place of `delivered`.
Result<> note_reach(sql::Tx&, Id post, std::string_view host, std::string_view inbox,
                    model::ReachState, TimeMs);

struct Reach {
    std::string host, inbox;
    model::ReachState state = model::ReachState::queued;
};
Result<std::vector<Reach>> reach_of(sql::Tx&, Id post);              // by host
Result<bool> has_reached(sql::Tx&, Id post, std::string_view host);  // in any state

}  // namespace kith::repo
