#pragma once
#include "federation/keys/fetch_document.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_move.hpp"
#include "storage/model/post.hpp"

#include <functional>
#include <optional>
#include <string>

// Groups of other hosts that groups here take over (docs/decisions/0029): all that is in them is read at the old
// host, which gives it to the new group only, page by page. Each page may be read again: what is there stays.
namespace kith::community {

inline constexpr std::string_view arrival_job = "group_arrival";

// `part`s of what the old host gives, in the order in which they are read: who is banned is known before the
// posts are there, and these before their votes.
inline constexpr std::string_view moving_parts[] = {"settings", "members", "bans", "posts", "featured", "votes", "log"};
std::string moving_url(const std::string& old_group, std::string_view part);

// The old host offers the group that the group here names as its alias. The caller has judged that.
Result<> take_offer(sql::Tx&, const Context&, const model::Actor& group, const model::Actor& old, const std::string& offer_ap_id);

// Fetches as a group here.
using FetchAs = std::function<Result<keys::FetchedDocument>(Id as, const std::string& id)>;
struct ArrivalMore {
    std::string payload;
    TimeMs not_before = 0;
};
// One page, or some of the posts that could not be had before. Nothing when all is done.
Result<std::optional<ArrivalMore>> continue_arrival(Context&, const FetchAs&, const std::string& payload);

// Who was a member at the old host is let in, and gets back what they were.
Result<bool> is_awaited_member(sql::Tx&, const model::Actor& group, const model::Actor& person);
Result<> restore_membership(sql::Tx&, const Context&, const model::Actor& group, const model::Actor& person);

// Of somebody who was not known here: the vote that came along with the post becomes theirs, so that they can
// take it back.
Result<> meet_carried_vote(sql::Tx&, const Context&, const model::Actor& voter, const std::string& post_ap_id,
                           const std::string& vote_ap_id);

}  // namespace kith::community
