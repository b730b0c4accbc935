#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>

// Threads that go from one group to another of the same host (FEP-f15d, as NodeBB has it).
namespace kith::community {

inline constexpr std::string_view thread_move_job = "thread_move";

struct NewThreadMove {
    Id from_id = 0, to_id = 0;  // groups here
    Id post_id = 0;             // the thread's first post
    std::string reason;
};
// By who moderates both, or the node. Code::forbidden, not_found; unprocessable where it is so already, or what is
// for the members of one group would be shown to those of another.
Result<> move_thread(Context&, Id moderator, const NewThreadMove&);

// With its line in the log of both groups; the caller has judged who may do it. False where it is so already.
struct ThreadMove {
    model::Post first;
    model::Actor from, to;
    Id moderator_id = 0;
    std::string reason, ap_id;
};
Result<bool> apply_thread_move(sql::Tx&, const Context&, const ThreadMove&);
// The comments of a long thread: the next piece, as community::continue_move.
Result<std::optional<std::string>> continue_thread_move(Context&, const std::string& payload);

}  // namespace kith::community
