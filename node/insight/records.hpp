#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

// What the metrics of community operations are computed from: one group's people, posts and
// reactions, as plain records. Reading, log-ins and page views are not among them: they are not
// visible for remote members and not wanted for local ones.
namespace kith::insight {

enum class Role { member, operator_, bot };
enum class Origin { local, remote };

// One stay in the group. A re-join adds a spell; the first one's joined_at stays the person's.
struct Spell {
    TimeMs joined_at = 0;
    std::optional<TimeMs> left_at;
};

// Somebody who was seen in the group. Without a spell: a visitor.
struct Actor {
    Id id = 0;
    std::string name;  // as operators know them: a handle
    Role role = Role::member;
    Origin origin = Origin::local;
    bool opted_out = false;     // uses nothing of theirs but that a post got an answer
    bool suspended = false;     // by this node or by the group: counted nowhere
    bool discoverable = true;   // false: counted, but never named in a list
    std::vector<Spell> spells;  // in any order
};

// A post or a reply in the group.
struct Contribution {
    Id object = 0;  // the same object seen twice counts once
    Id author = 0;
    TimeMs at = 0;              // event_time(), not the sender's word
    std::optional<Id> parent;   // the object it replies to
    std::optional<Id> answers;  // where no parent object is known: the actor it was addressed to
    std::optional<TimeMs> deleted_at;
    std::optional<TimeMs> locked_at;
    std::string label;  // how people find it again: its URL
};

// A like, boost, emoji reaction or poll vote.
struct Reaction {
    Id actor = 0;
    TimeMs at = 0;
    std::optional<TimeMs> undone_at;
};

struct GroupHistory {
    Id group = 0;  // the group's own actor: what it does is nobody's activity
    std::string name;
    std::vector<Actor> actors;
    std::vector<Contribution> contributions;
    std::vector<Reaction> reactions;
};

// When an object counts as made: not before what it answers nor before its author was first seen,
// and never after it arrived, so that no interval is negative whatever clock the sender has.
TimeMs event_time(TimeMs published, std::optional<TimeMs> parent_at,
                  std::optional<TimeMs> author_first_seen, TimeMs received_at);

}  // namespace kith::insight
