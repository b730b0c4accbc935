#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// The one stream of domain events. Written in the transaction of the change itself; each consumer
// (publisher, insight) claims its own copy of the row (event_todo); streams read along.
// Numbers are stored.
enum class EventKind {
    post_created = 0,       // actor = author, post, group?        local and remote posts
    post_updated = 1,       // likewise
    post_deleted = 2,       // by its author
    boost_added = 3,        // actor, post, object_ap_id = the Announce's id
    boost_removed = 4,      // likewise, of the boost that was
    reaction_added = 5,     // actor, post, object_ap_id = the Like's id, payload: {"kind":"like"|"dislike"},
                            // or {"kind":"emoji","content"} of an emoji reaction, with its id
    reaction_removed = 6,
    follow_requested = 7,   // actor → target, object_ap_id = the Follow's id
    follow_accepted = 8,    // actor = the followed one who accepts, target = follower, object_ap_id = the Follow
    follow_rejected = 9,    // likewise; also when a follower is removed
    follow_removed = 10,    // actor undoes its follow of target, object_ap_id = the Follow
    block_added = 11,       // actor → target, object_ap_id = the Block
    block_removed = 12,
    actor_updated = 13,
    actor_deleted = 14,
    member_joined = 15,     // actor, group (local groups)
    member_left = 16,
    group_relayed = 17,     // group spreads an activity it received: payload = the unmodified bytes,
                            // actor = its author, post = the post it concerns (or target = the person),
                            // object_ap_id = its id
    poll_changed = 20,      // actor = author, post: its results, or that it has ended (local polls)
    vote_added = 21,        // actor, post = a remote poll, payload: {"votes":[{"id":…,"option":…}]}
    quote_requested = 25,   // actor = author of the quoting post, post = that, target = the quoted author,
                            // object_ap_id = the QuoteRequest
    quote_answered = 26,    // actor = the quoted author, target = who asked, object_ap_id = the QuoteRequest,
                            // post = the quoted post, payload: {"instrument", "stamp"}, no stamp = refused
    quote_revoked = 27,     // actor = the quoted author, post = the quoted post, target = the quoting author,
                            // object_ap_id = the stamp
    report_forwarded = 30,  // actor = the instance actor, target = the account reported,
                            // payload: {"report":id,"to":[ids of the actors that are told]};
                            // with "resolve": actor = the moderator, group, object_ap_id = the Resolve;
                            // with "announce": actor = a group, what it received for these only
    actor_moved = 31,       // actor, target = its new account, object_ap_id = the Move
    post_pinned = 32,       // actor, post
    post_unpinned = 33,     // likewise
    activity_forwarded = 40, // actor = who sent it, target = the local author whose followers get it,
                            // post = the post it concerns, payload = the unmodified bytes, object_ap_id = its id
    relay_joined = 50,      // actor = the instance actor, object_ap_id = the Follow of Public,
                            // payload: {"inbox","host"} of the relay
    relay_left = 51,        // likewise
    group_moderated = 55,   // actor = a moderator here, group, post?, target?, object_ap_id = the activity's id,
                            // payload: {"act":id}, or {"group":{…}}: how it should be
    group_offered = 70,     // actor = a group here that wants to move, target = its new place, object_ap_id = the Offer
    group_taken = 71,       // actor = a group here that has taken over another, target = that, object_ap_id = the Offer
    thread_moved = 72,      // actor = a moderator, post = its first one, group = where it was, target = the group where
                            // it is now, object_ap_id = the Move
    join_requested = 73,    // actor, post = a remote event, object_ap_id = the Join
    join_withdrawn = 74,    // likewise, of the Join that was
    join_answered = 75,     // actor = the event's author, target = who asked, post, object_ap_id = the Join,
                            // payload: {"type":"Accept"|"Reject"|"Ignore"}
    attendees_changed = 76, // actor = author, post = an event here: how many come
    answer_chosen = 77,     // actor = who chose, post = the comment, group, object_ap_id = the ChooseAnswer or its Undo,
                            // payload: {"at"}; with "undone" (the ChooseAnswer's id): it is none any more
    thread_labelled = 78,   // actor = a moderator here, post = somebody's thread from elsewhere, group, payload:
                            // {"added":[…],"removed":[…]}, ids of labels
    appeal_made = 82,       // actor = a person here, target = a group elsewhere, object_ap_id = the Appeal,
                            // payload: {"appeal":id}
    appeal_decided = 83,    // actor = a group here, target = a person elsewhere, object_ap_id = the answer's,
                            // payload: {"appeal":id}
    // For those who listen, and for nobody else:
    filters_changed = 60,       // actor
    notifications_merged = 61,  // actor: requests about notifications were accepted
    announcement_added = 62,    // target = the announcement
    announcement_removed = 63,  // likewise
    announcement_reacted = 64,  // likewise, payload: {"name","count","announcement_id"}
};

struct Event {
    Id id = 0;
    EventKind kind = EventKind::post_created;
    Id actor_id = 0;
    bool local = true;                   // came to be here, not received
    std::optional<Id> post_id, target_id, group_id;
    std::string object_ap_id;
    std::string payload;
    TimeMs at = 0;
};

enum class Consumer { publisher = 0, insight = 1 };

}  // namespace kith::model
