#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

#include <optional>

namespace kith::community {

// Who is looking: a member by the client API or a page, a remote actor by a signed GET, or nobody.
// A member and a remote actor are both an actor id; what differs is only how they proved it.
struct Viewer {
    std::optional<Id> actor_id;

    static Viewer nobody() { return {}; }
    static Viewer actor(Id id) { return {id}; }
};

// The one predicate (architecture: Who may see a post). Its only form is SQL, repo::visible_to in
// storage/repo/visibility.hpp, which every read joins and which this asks too.
//   public, unlisted: everybody whom the author has not blocked.
//   followers: the author, those named, and actors whose own Follow of the author is accepted.
//   direct: the author and those named.
//   group: the author, those named, and who is a member of the group at this moment and not banned for good.
// Deleted posts, and posts of suspended or deleted actors, are seen by nobody.
Result<bool> can_see(sql::Tx&, const Viewer&, const model::Post&);

// A post that the viewer may see. not_found where there is none, in the same words.
Result<model::Post> seen_post(sql::Tx&, std::optional<Id> viewer, Id post);

// The same of what begins a thread in a group.
Result<model::Post> seen_thread(sql::Tx&, std::optional<Id> viewer, Id post);

}  // namespace kith::community
