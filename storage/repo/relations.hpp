#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"
#include "storage/model/relation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Follows, blocks, mutes, domain blocks, reactions and boosts. Counters of the actors and posts
// concerned are changed here, in the same statement sequence, so that they cannot be forgotten.
namespace kith::repo {

// Bounds of one page of rows that carry an id: exclusive, newest first; with `ascending` the page
// immediately above `above` is read instead (given newest first all the same).
struct Window {
    Id below = INT64_MAX;
    Id above = 0;
    bool ascending = false;
    int limit = 20;
};

// False where the pair has one already (then nothing is changed). Counters move when it is
// accepted.
Result<bool> add_follow(sql::Tx&, const model::Follow&);
Result<std::optional<model::Follow>> find_follow(sql::Tx&, Id follower, Id followed);
Result<std::optional<model::Follow>> find_follow_by_ap_id(sql::Tx&, std::string_view ap_id);
// False where it was accepted before.
Result<bool> accept_follow(sql::Tx&, const model::Follow&, TimeMs);
Result<> set_follow_options(sql::Tx&, Id follow, bool show_boosts, bool notify);
Result<> set_follow_languages(sql::Tx&, Id follow, std::span<const std::string> languages);
Result<> set_follow_ap_id(sql::Tx&, Id follow, std::string_view ap_id);
Result<bool> remove_follow(sql::Tx&, const model::Follow&);
// Of an actor with those of a host, in either direction.
Result<std::vector<model::Follow>> follows_between(sql::Tx&, Id actor, std::string_view host, int limit);
// Who asked to be told of what this actor posts.
Result<std::vector<Id>> subscribers_of(sql::Tx&, Id actor, int limit);

struct FollowRow {
    Id follow_id;
    model::Actor actor;
};
Result<std::vector<FollowRow>> followers_page(sql::Tx&, Id followed, model::FollowState,
                                              const Window&);
Result<std::vector<FollowRow>> following_page(sql::Tx&, Id follower, model::FollowState,
                                              const Window&);
// Local accepted followers of an actor, as ids: who gets home rows. `with_boosts`: who wants its
// boosts.
Result<std::vector<Id>> local_followers(sql::Tx&, Id followed, bool with_boosts);
Result<bool> has_local_follower(sql::Tx&, Id followed);
Result<bool> has_local_follow_request(sql::Tx&, Id followed);  // pending
// Where an actor's posts go: the distinct inboxes (shared where there is one) of its remote
// accepted followers, with their hosts.
struct InboxRow {
    std::string host, inbox;
};
Result<std::vector<InboxRow>> follower_inboxes(sql::Tx&, Id followed);
Result<std::vector<Id>> followed_groups(sql::Tx&, Id follower);  // accepted

Result<bool> add_block(sql::Tx&, const model::Block&, Id id);
Result<std::optional<model::Block>> find_block(sql::Tx&, Id actor, Id target);
Result<std::optional<model::Block>> find_block_by_ap_id(sql::Tx&, std::string_view ap_id);
Result<bool> remove_block(sql::Tx&, Id actor, Id target);
Result<bool> either_blocks(sql::Tx&, Id one, Id other);
Result<> put_mute(sql::Tx&, const model::Mute&, Id id);
Result<std::optional<model::Mute>> find_mute(sql::Tx&, Id actor, Id target, TimeMs now);
Result<bool> remove_mute(sql::Tx&, Id actor, Id target);
Result<std::vector<FollowRow>> blocks_page(sql::Tx&, Id actor,
                                           const Window&);  // follow_id = the row's id
Result<std::vector<FollowRow>> mutes_page(sql::Tx&, Id actor, TimeMs now, const Window&);
// Those of `others` whom `viewer` blocks or mutes, or who block `viewer`: what a timeline leaves
// out.
Result<std::vector<Id>> hidden_among(sql::Tx&, Id viewer, std::span<const Id> others, TimeMs now);

// One reaction per actor and post: a like takes the place of a dislike. False where it was there.
Result<bool> put_reaction(sql::Tx&, const model::Reaction&, Id id);
Result<std::optional<model::Reaction>> find_reaction(sql::Tx&, Id actor, Id post);
Result<std::optional<model::Reaction>> find_reaction_by_ap_id(sql::Tx&, std::string_view ap_id);
Result<bool> remove_reaction(sql::Tx&, const model::Reaction&);
Result<std::vector<model::Reaction>> reactions_among(sql::Tx&, Id actor, std::span<const Id> posts);
Result<std::vector<FollowRow>> reactors_page(sql::Tx&, Id post, model::ReactionKind, const Window&);
// Votes of both kinds, newest first.
struct VoteRow {
    Id id = 0;
    bool up = false;
    model::Actor actor;
};
Result<std::vector<VoteRow>> votes_page(sql::Tx&, Id post, const Window&);

Result<bool> add_boost(sql::Tx&, const model::Boost&);  // false where it was there
Result<std::optional<model::Boost>> find_boost(sql::Tx&, Id actor, Id post);
Result<std::optional<model::Boost>> find_boost_by_id(sql::Tx&, Id id);
Result<std::optional<model::Boost>> find_boost_by_ap_id(sql::Tx&, std::string_view ap_id);
Result<bool> remove_boost(sql::Tx&, const model::Boost&);
Result<std::vector<model::Boost>> boosts_among(sql::Tx&, Id actor, std::span<const Id> posts);
Result<std::vector<model::Boost>> boosts_by_ids(sql::Tx&, std::span<const Id> ids);
Result<std::vector<FollowRow>> boosters_page(sql::Tx&, Id post, const Window&);

}  // namespace kith::repo
