#pragma once
#include "node/insight/populations.hpp"
#include "node/insight/records.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kith::insight {

// A place in Snapshot::people() or Snapshot::posts().
using Index = std::uint32_t;
inline constexpr Index no_index = UINT32_MAX;

struct Person {
    Actor actor;  // spells up to as_of only
    Population population = Population::visitor;
    std::optional<TimeMs> joined_at;  // of the first spell
    bool here = false;                // in M, and a member at as_of
};

struct Post {
    Id object = 0;
    Index author = no_index;
    TimeMs at = 0;
    Index parent = no_index;   // where the parent object is known
    Index root = no_index;     // the thread's first post, itself if it is one
    Index answers = no_index;  // the person replied to; nobody where the parent is deleted
    bool deleted = false;      // counts for nothing but holds its thread together
    bool locked = false;
    std::string_view label;
};

struct Act {  // a reaction
    Index person = no_index;
    TimeMs at = 0;
};

// A group's history as known at one moment, brought into a form that does not depend on how it
// arrived: every object once, in order of time, threads resolved, what came later left out. All
// metrics read it. Must not outlive the history.
class Snapshot {
public:
    // Holds what happened before as_of. Authors missing from history.actors count as visitors.
    Snapshot(const GroupHistory& history, TimeMs as_of);

    TimeMs as_of() const { return as_of_; }
    const std::vector<Person>& people() const { return people_; }  // by id
    const std::vector<Post>& posts() const { return posts_; }      // by time, then object
    const Person& author(const Post& post) const { return people_[post.author]; }

    std::span<const Post> posts_in(Window) const;
    std::span<const Act> reactions_in(Window) const;
    // What one person posted, in order; deleted posts are not among it.
    std::span<const Index> posts_of(Index person) const { return posts_of_[person]; }

    // Who is counted and who left out of a number about this window.
    Coverage coverage(Window) const;

private:
    void take_people(const GroupHistory&);
    void take_posts(const GroupHistory&);
    void link_posts(const std::vector<const Contribution*>& sources);
    void find_roots(const std::vector<const Contribution*>& sources);
    void take_reactions(const GroupHistory&);
    Index person_index(Id) const;

    TimeMs as_of_;
    std::vector<Person> people_;
    std::vector<Post> posts_;
    std::vector<Act> reactions_;
    std::vector<std::vector<Index>> posts_of_;
};

}  // namespace kith::insight
