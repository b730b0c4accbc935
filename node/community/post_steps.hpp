#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::community {

// The steps that follow when a post comes to be here, by a member's hand or from a peer. All run in
// the caller's transaction.

// Home rows of local followers and, for its author's own eyes, the author; the rest of a long list
// is left to the job "fan_out". Direct posts reach only followers who are named.
Result<> surface_at_home(sql::Tx&, const Context&, const model::Post&);
// The same for a boost.
Result<> surface_boost_at_home(sql::Tx&, const Context&, const model::Boost&);

// The language by which follows decide whether it comes home: none of boosts, which are not in the
// booster's words, and of letters.
std::string language_at_home(const model::Post&, std::optional<Id> boost_id);

// Counts the reply at its parent and the post at its author.
Result<> count_post(sql::Tx&, const Context&, const model::Post&, int by);

// Tags by folded form, made where they are new.
Result<> attach_tags(sql::Tx&, const Context&, Id post_id, const std::vector<std::string>& tags);

// A top-level post in a group gets its entry there (`ap_id` = the Announce that shows it; made here
// for local groups).
Result<> enter_group(sql::Tx&, const Context&, const model::Post&, std::string announce_ap_id);
// Whether a group elsewhere may call a post its own: it was addressed to the group, answers in one of its
// threads, or is of the group's own origin.
Result<bool> is_given_to(sql::Tx&, const model::Post&, const model::Actor& group);
// A group elsewhere shows a thread (FEP-1b12): one that is in no group and was given to this one becomes its own,
// another group's stays that. False where it is not this group's.
Result<bool> show_in_group(sql::Tx&, const Context&, model::Post, const model::Actor& group, std::string announce_ap_id);

// Mentioned local people are told; of a new post also the parent's author where they are mentioned.
Result<> notify_mentioned(sql::Tx&, const Context&, const model::Post&,
                          const std::vector<Id>& mentioned);

// In a group people answer without naming: whoever is answered is told, where they are not among these.
Result<> notify_answered(sql::Tx&, const Context&, const model::Post&, const std::vector<Id>& mentioned);

// How a post is worded, as its history keeps it. `id`: of the edit; `at`: since when.
model::PostEdit wording_of(const model::Post&, Id id, TimeMs at, std::vector<std::string> poll_options);

// Who boosted or quoted it here is told that it was edited.
Result<> notify_of_edit(sql::Tx&, const Context&, const model::Post&);

// Takes a post away with all that hangs on it; its place in the thread and a tombstone stay.
Result<> remove_post(sql::Tx&, const Context&, const model::Post&);

}  // namespace kith::community
