#pragma once
#include "base/core/result.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
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
// How a post stands with one host that it was sent to. Times of a row that waits: when it is tried
// again, as far as its own row or its peer says.
struct ReachDetail {
    std::string host;
    model::ReachState state = model::ReachState::queued;
    TimeMs at = 0;               // of the state
    std::string error;           // why it was given up
    int attempts = 0;            // of the row that waits
    std::optional<TimeMs> next_at;
    std::string waits_for;       // the last error of the row, else of the peer
};
// By host; not those that merely showed that they have it.
Result<std::vector<ReachDetail>> reach_details(sql::Tx&, Id post);
Result<bool> has_reached(sql::Tx&, Id post, std::string_view host);  // in any state

}  // namespace kith::repo
