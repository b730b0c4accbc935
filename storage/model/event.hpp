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
    post_deleted = 2,       // payload: {"by": actor id} where not the author
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
                            // actor = its author, post = the post it concerns, object_ap_id = its id
    poll_changed = 20,      // actor = author, post: its results, or that it has ended (local polls)
    vote_added = 21,        // actor, post = a remote poll, payload: {"votes":[{"id":…,"option":…}]}
    quote_requested = 25,   // actor = author of the quoting post, post = that, target = the quoted author,
                            // object_ap_id = the QuoteRequest
    quote_answered = 26,    // actor = the quoted author, target = who asked, object_ap_id = the QuoteRequest,
                            // post = the quoted post, payload: {"instrument", "stamp"}, no stamp = refused
    quote_revoked = 27,     // actor = the quoted author, post = the quoted post, target = the quoting author,
                            // object_ap_id = the stamp
    report_forwarded = 30,  // actor = the instance actor, target = the account reported,
                            // payload: {"report":id,"to":[ids of the actors that are told]}
    actor_moved = 31,       // actor, target = its new account, object_ap_id = the Move
    post_pinned = 32,       // actor, post
    post_unpinned = 33,     // likewise
    activity_forwarded = 40, // actor = who sent it, target = the local author whose followers get it,
                            // post = the post it concerns, payload = the unmodified bytes, object_ap_id = its id
    relay_joined = 50,      // actor = the instance actor, object_ap_id = the Follow of Public,
                            // payload: {"inbox","host"} of the relay
    relay_left = 51,        // likewise
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
