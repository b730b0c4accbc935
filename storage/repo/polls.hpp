#pragma once
#include "base/core/result.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

#include <span>
#include <string>
#include <vector>

// Votes, and what becomes of a poll in the course of time. The poll itself is put and read with its
// post (posts.hpp).
namespace kith::repo {

struct Vote {
    Id id = 0;
    Id post_id = 0, actor_id = 0;
    int option = 0;     // its position
    std::string ap_id;  // of the vote's Note
    TimeMs created_at = 0;
};

enum class Choice { one, several };

// Counts the vote with the option and, where it is the actor's first, among the voters. False, and
// nothing changed, where this option, or in a poll with one choice any, was chosen before.
Result<bool> add_vote(sql::Tx&, const Vote&, Choice);
Result<bool> has_voted(sql::Tx&, Id actor, Id post);

struct OwnVote {
    Id post_id = 0;
    int option = 0;
};
Result<std::vector<OwnVote>> votes_among(sql::Tx&, Id actor, std::span<const Id> posts);
// Local voters in the order of their ids, from above `above`.
Result<std::vector<Id>> local_voters(sql::Tx&, Id post, Id above, int limit);

// What can be chosen, in order; nothing of a post without a poll.
Result<std::vector<std::string>> poll_options(sql::Tx&, Id post);

// Counts and times as their origin gives them; the options stay, in their order.
Result<> refresh_poll(sql::Tx&, Id post, const model::Poll&);
// The options changed: what was chosen means nothing any more.
Result<> clear_votes(sql::Tx&, Id post);
Result<bool> close_poll(sql::Tx&, Id post, TimeMs at);  // false where it was closed

// Marks that raise and lower once: whoever gets true has something to do.
Result<bool> raise_results_due(sql::Tx&, Id post);
Result<> lower_results_due(sql::Tx&, Id post);
Result<bool> raise_end_watched(sql::Tx&, Id post);
Result<bool> is_end_watched(sql::Tx&, Id post);

}  // namespace kith::repo
