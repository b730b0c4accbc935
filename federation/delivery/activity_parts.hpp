#pragma once
#include "federation/delivery/activities.hpp"
#include "federation/delivery/documents.hpp"
#include "federation/vocab/writer.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>
#include <vector>

// The pieces that activities_for() is made of, one function a family of events.
namespace kith::delivery {

using Activities = Result<std::vector<Outgoing>>;

// Of the ids of a second activity that follows from one event (Urls::activity_part).
inline constexpr std::string_view announce_part = "announce";
inline constexpr std::string_view relay_part = "relay";  // what relays of LitePub's kind are told
inline constexpr std::string_view delete_part = "delete";

// Create, Update, Delete of posts.
Activities post_created(sql::Tx&, const Context&, const model::Event&);
Activities post_updated(sql::Tx&, const Context&, const model::Event&);
Activities post_deleted(sql::Tx&, const Context&, const model::Event&);
// Update of a poll with its results, without a new `updated`; votes in a remote poll (FEP-9967).
Activities poll_changed(sql::Tx&, const Context&, const model::Event&);
Activities vote_added(sql::Tx&, const Context&, const model::Event&);
// Join and Leave of a remote event, answers to a Join of ours; the number of attendees goes as polls' results do
// (FEP-8a8e, DRAFT).
Activities gathering_changed(sql::Tx&, const Context&, const model::Event&);
// Like, Dislike, Announce of an object, and their Undo.
Activities reaction_added(sql::Tx&, const Context&, const model::Event&);
Activities reaction_removed(sql::Tx&, const Context&, const model::Event&);
Activities boost_added(sql::Tx&, const Context&, const model::Event&);
Activities boost_removed(sql::Tx&, const Context&, const model::Event&);
// Follow, Accept, Reject, Block, and Undo of the first and the last.
Activities relation_changed(sql::Tx&, const Context&, const model::Event&);
// Update and Delete of an actor.
Activities actor_updated(sql::Tx&, const Context&, const model::Event&);
Activities actor_deleted(sql::Tx&, const Context&, const model::Event&);
// Move (FEP-7628, DRAFT).
Activities actor_moved(sql::Tx&, const Context&, const model::Event&);
// Offer of a group to another host, and its Accept; Move of a thread between groups here (FEP-f15d).
Activities group_offered(sql::Tx&, const Context&, const model::Event&);
Activities group_taken(sql::Tx&, const Context&, const model::Event&);
Activities thread_moved(sql::Tx&, const Context&, const model::Event&);
// QuoteRequest, its Accept and Reject, and the Delete of a stamp (FEP-044f, DRAFT).
Activities quote_changed(sql::Tx&, const Context&, const model::Event&);
// Flag, from the instance actor.
Activities report_forwarded(sql::Tx&, const Context&, const model::Event&);
// What answers a post of ours, to the followers of its author (AP 7.1.2).
Activities activity_forwarded(sql::Tx&, const Context&, const model::Event&);
// Add to and Remove from an actor's featured posts.
Activities pins_changed(sql::Tx&, const Context&, const model::Event&);
// Follow of Public at a relay, and its Undo (FEP-ae0c).
Activities relay_changed(sql::Tx&, const Context&, const model::Event&);
// A local group spreads what it received.
Activities group_relayed(sql::Tx&, const Context&, const model::Event&);
// What moderators here do in groups, here and elsewhere.
Activities group_moderated(sql::Tx&, const Context&, const model::Event&);

// ChooseAnswer and its Undo (PieFed).
Activities answer_chosen(sql::Tx&, const Context&, const model::Event&);
// Add to and Remove from labels of a group: threads from elsewhere.
Activities thread_labelled(sql::Tx&, const Context&, const model::Event&);
// Appeal against a moderator's act, to a group elsewhere; and a group's Accept or Reject of one.
Activities appeal_made(sql::Tx&, const Context&, const model::Event&);
Activities appeal_decided(sql::Tx&, const Context&, const model::Event&);

// A post with those around it, or nothing where one of them is not there to speak (any more).
struct Scene {
    model::Post post;
    model::Actor author;
    Addressing to;

    bool in_local_group() const { return to.group && to.group->local && !to.group->deleted_at; }
    std::string group_ap_id() const { return to.group ? to.group->ap_id : std::string(); }
};
Result<std::optional<Scene>> scene_of(sql::Tx&, const model::Event&);

// The local actor who acts, unless gone or suspended.
Result<std::optional<model::Actor>> speaker(sql::Tx&, Id);

Outgoing outgoing(const model::Actor& signer, const vocab::ActivityToWrite&, Audience);

// The announcement by a local group of an activity about a post: `inner` is its JSON, embedded as
// it is, or its id.
struct Inner {
    std::string json, id;
};
Outgoing announce_activity(const model::Actor& group, std::string ap_id, const Inner&,
                           const model::Post&, Audience);
// The id of the announcement of a post's Create: that of the group's outbox where the post has an
// entry there, else made from the event.
Result<std::string> announced_create_id(sql::Tx&, const Context&, const model::Event&,
                                        const model::Actor& group, const model::Post&);
// The bare announcement of a top-level post, by which microblog servers show it; to all followers'
// hosts. Nothing for comments.
Result<std::optional<Outgoing>> announce_post(sql::Tx&, const model::Actor& group,
                                              const model::Post&);

std::string ordering_of_post(Id post);
std::string ordering_of_deed(Id actor, Id post);  // votes and boosts
std::string ordering_of_pair(Id one, Id other);   // follows and blocks, in both directions
std::string ordering_of_actor(Id actor);          // waits for all rows of that actor before it
bool waits_for_actor(std::string_view ordering);
// Of a vote or a boost that of its post, whose rows before it go first: a vote on a post that is not known yet is
// refused. Empty for all others.
std::string ordering_before(std::string_view ordering);

}  // namespace kith::delivery
