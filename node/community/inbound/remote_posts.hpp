#pragma once
#include "federation/vocab/objects.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>

namespace kith::community {

// Stores what a remote author wrote, with all that follows from it: thread, audience, mentions,
// tags, home rows, notifications, counters, event. Its author must be stored. `group` = the group
// that showed it, if one did. Gives the post, or nothing where it was deleted before (tombstone) or
// its author is unknown or suspended. What is known already is left as it is.
Result<std::optional<model::Post>> store_remote_post(sql::Tx&, const Context&, const vocab::Post&,
                                                     TimeMs received_at, const model::Actor* group);

// Whether its author gave it to the group: by its addresses, or by writing at the group's own origin.
bool names_group(const vocab::Post&, const model::Actor& group);

model::PostKind kind_of(vocab::PostType);

// Whether it is said as a moderator: believed of who moderates the group that the comment is in.
Result<> note_distinguished(sql::Tx&, const model::Post& stored, const vocab::Post&);

// Takes over an edit that is newer than what is stored; owner, kind, place and audience never
// change. False where it is not newer.
Result<bool> update_remote_post(sql::Tx&, const Context&, const model::Post& stored,
                                const vocab::Post&);

// Whether somebody or something here is concerned by the post: an author or group that is followed,
// a local actor named, a parent that is known. What concerns nobody is not kept.
Result<bool> is_relevant(sql::Tx&, const Context&, const vocab::Post&, const model::Actor& author,
                         const model::Actor* group);

}  // namespace kith::community
