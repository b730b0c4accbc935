#pragma once
#include "base/core/ids.hpp"
#include "federation/inbox/lane.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kith::inbox {

// Who may go next: the order of lanes without threads, time or storage. An activity waits for the
// one before it in its lane, for the one before it in the lane of its object, for the barrier before it of its actors, and as a barrier for all that
// its actor has here. One that was postponed lets others pass, so that nobody can hold up what is
// not his, but not its own actor's next in the same lane. Not thread-safe.
class LaneQueue {
public:
    // In the order of arrival. False where it is held already.
    bool add(Id, const std::string& actor, const Lane&);
    // One that may be worked on now; it is running until finish() or postpone().
    std::optional<Id> take();
    void finish(Id);
    // Of a running one, or one that was just added.
    void postpone(Id, TimeMs until);
    // Those whose time has come may be taken again.
    void wake(TimeMs now);
    std::optional<TimeMs> next_wake() const;

    bool holds(Id id) const { return nodes_.contains(id); }
    std::size_t size() const { return nodes_.size(); }
    bool has_ready() const { return !ready_.empty(); }

private:
    enum class State { waiting, ready, running, postponed };
    enum class Tie { loose, firm };  // a loose one ends when the earlier activity is postponed
    struct Follower {
        Id id;
        Tie tie;
    };
    struct Node {
        std::vector<std::string> actors;
        std::string lane, own_lane;  // own_lane: of this actor alone
        bool barrier = false;
        State state = State::waiting;
        int waits_for = 0;
        std::vector<Follower> followers;
    };
    struct OfActor {
        std::unordered_set<Id> open;
        Id barrier = 0;  // the last one
    };

    void tie(Id earlier, Id later, Tie);
    void tie_to_actors(Id, Node&);
    void release(Node& follower, Id);
    void forget(Id, const Node&);

    std::unordered_map<Id, Node> nodes_;
    std::unordered_map<std::string, Id> last_;  // of a lane, and of an own_lane
    std::unordered_map<std::string, OfActor> actors_;
    std::deque<Id> ready_;
    std::multimap<TimeMs, Id> postponed_;
};

}  // namespace kith::inbox
