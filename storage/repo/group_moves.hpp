#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_act.hpp"
#include "storage/model/group_move.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Groups that move between hosts: how far they are, what a new host reads, and what waits for its place.
namespace kith::repo {

Result<> put_group_move(sql::Tx&, const model::GroupMove&);  // replaces
Result<std::optional<model::GroupMove>> find_group_move(sql::Tx&, Id group);
Result<std::optional<model::GroupMove>> find_group_move_by_ap_id(sql::Tx&, std::string_view ap_id);  // by its Offer
Result<> remove_group_move(sql::Tx&, Id group);
Result<std::vector<model::GroupMove>> group_moves(sql::Tx&, int limit);  // the newest first
// A group here that has told everybody that this is its new place, at that time or later.
Result<bool> moved_from_here_to(sql::Tx&, Id target, TimeMs posted_at);

// ---- what the new host reads, in pages that go on after what was read last ---------------------------
struct MemberRow {
    Id actor_id = 0;
    std::string ap_id;
    model::GroupRole role = model::GroupRole::member;
    TimeMs joined_at = 0;
};
Result<std::vector<MemberRow>> members_page(sql::Tx&, Id group, Id after, int limit);
struct BanRow {
    model::GroupBan ban;
    std::string person_ap_id;
};
Result<std::vector<BanRow>> bans_page(sql::Tx&, Id group, Id after, int limit);
struct HistoryRow {
    model::Post post;
    std::string thread_ap_id;
    bool removed = false, locked = false;
    std::optional<Id> entry_id;  // of a thread's first post
};
// Also what moderators took out; without what is deleted. By id, so that what answers mostly comes after what
// it answers.
Result<std::vector<HistoryRow>> history_page(sql::Tx&, Id group, Id after, int limit);
struct GroupVote {
    Id post_id = 0, actor_id = 0;
    std::string post_ap_id, actor_ap_id;
    model::Reaction reaction;
};
Result<std::vector<GroupVote>> group_votes_page(sql::Tx&, Id group, Id after_post, Id after_actor,
                                                int limit);

// ---- what waits ---------------------------------------------------------------------------------------
Result<> expect_member(sql::Tx&, Id group, const MemberRow&);
// Who follows now takes the place that was kept; nothing for others.
Result<std::optional<MemberRow>> take_expected_member(sql::Tx&, Id group, std::string_view ap_id);
Result<> set_membership(sql::Tx&, Id group, Id actor, model::GroupRole, TimeMs joined_at);
Result<bool> is_expected_member(sql::Tx&, Id group, std::string_view ap_id);

struct AwaitedPost {
    Id group_id = 0;
    std::string ap_id, item;  // item: JSON, as the old host gave it
    TimeMs at = 0;
};
Result<> await_post(sql::Tx&, const AwaitedPost&);
Result<std::vector<AwaitedPost>> awaited_posts(sql::Tx&, Id group, std::string_view after, int limit);
Result<> forget_awaited_post(sql::Tx&, Id group, std::string_view ap_id);

struct CarriedVote {
    std::string post_ap_id, actor_ap_id;
    model::ReactionKind kind = model::ReactionKind::like;
    std::string ap_id;
    TimeMs at = 0;
    bool counted = false;  // in the post's counters, without a reaction
};
Result<> carry_vote(sql::Tx&, const CarriedVote&);  // the first one of a person stays
Result<std::vector<CarriedVote>> uncounted_votes(sql::Tx&, std::string_view post_ap_id, int limit);
Result<> set_vote_counted(sql::Tx&, const CarriedVote&);
Result<> remove_carried_vote(sql::Tx&, const CarriedVote&);
Result<std::optional<CarriedVote>> find_carried_vote(sql::Tx&, std::string_view post_ap_id, std::string_view actor_ap_id);
Result<std::optional<CarriedVote>> find_carried_vote_by_ap_id(sql::Tx&, std::string_view ap_id);

// ---- a post's place -------------------------------------------------------------------------------------
// Ids of the posts of a group, deleted ones too.
Result<std::vector<Id>> posts_in_group(sql::Tx&, Id group, int limit);
Result<std::vector<Id>> posts_in_thread(sql::Tx&, Id thread, Id after, int limit);
// Puts a post into another group, with its thread's row where it is a first one. Its entry is its own matter.
Result<> set_place(sql::Tx&, Id post, Id group);
Result<> clear_place(sql::Tx&, Id post);  // in no group any more
Result<> remove_entry_of(sql::Tx&, Id group, Id post);
Result<> move_entry(sql::Tx&, Id from_group, Id post, Id to_group, std::string_view ap_id);
Result<> recount_thread(sql::Tx&, Id post);
// One that answers a post which is not here: into the thread that it belongs to.
Result<> place_orphan(sql::Tx&, Id post, Id thread);
// Lines of the log, bans and posts shown first; gives how many lines there were.
Result<std::int64_t> move_group_rows(sql::Tx&, Id from_group, Id to_group, int limit);
Result<> move_act(sql::Tx&, std::string_view ap_id, Id from_group, Id to_group);

// Threads that went to another group of their host (FEP-f15d).
Result<std::optional<model::Post>> find_thread_by_context(sql::Tx&, std::string_view context_url);
Result<> note_moved_thread(sql::Tx&, Id post, Id from_group, TimeMs);
Result<bool> was_thread_of(sql::Tx&, Id post, Id group);

}  // namespace kith::repo
