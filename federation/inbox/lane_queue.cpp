#include "federation/inbox/lane_queue.hpp"

#include <utility>

namespace kith::inbox {

bool LaneQueue::add(Id id, const std::string& actor, const Lane& lane) {
    auto [at, is_new] = nodes_.try_emplace(id);
    if (!is_new) return false;
    Node& node = at->second;
    node.barrier = lane.barrier;
    node.actors.push_back(actor);
    if (!lane.inner_actor.empty() && lane.inner_actor != actor)
        node.actors.push_back(lane.inner_actor);
    if (!lane.barrier) {
        node.lane = lane.key;
        node.own_lane = actor + '\t' + lane.key;
        if (const auto last = last_.find(node.lane); last != last_.end())
            tie(last->second, id, Tie::loose);
        // Ids hold no spaces: what stands behind one is the object's own lane.
        if (const auto space = node.lane.find(' '); space != node.lane.npos)
            if (const auto last = last_.find(node.lane.substr(space + 1)); last != last_.end())
                tie(last->second, id, Tie::loose);
        if (const auto last = last_.find(node.own_lane); last != last_.end())
            tie(last->second, id, Tie::firm);
        last_[node.lane] = last_[node.own_lane] = id;
    }
    tie_to_actors(id, node);
    if (node.waits_for == 0) {
        node.state = State::ready;
        ready_.push_back(id);
    }
    return true;
}

void LaneQueue::tie_to_actors(Id id, Node& node) {
    for (const auto& actor : node.actors) {
        auto& of = actors_[actor];
        if (node.barrier) {
            for (const Id open : of.open) tie(open, id, Tie::loose);
            of.barrier = id;
        } else if (of.barrier != 0) {
            tie(of.barrier, id, Tie::loose);
        }
        of.open.insert(id);
    }
}

void LaneQueue::tie(Id earlier, Id later, Tie tie) {
    auto& before = nodes_.at(earlier);
    if (before.state == State::postponed && tie == Tie::loose) return;
    before.followers.push_back({later, tie});
    ++nodes_.at(later).waits_for;
}

std::optional<Id> LaneQueue::take() {
    if (ready_.empty()) return std::nullopt;
    const Id id = ready_.front();
    ready_.pop_front();
    nodes_.at(id).state = State::running;
    return id;
}

void LaneQueue::release(Node& follower, Id id) {
    if (--follower.waits_for > 0 || follower.state != State::waiting) return;
    follower.state = State::ready;
    ready_.push_back(id);
}

void LaneQueue::finish(Id id) {
    auto at = nodes_.find(id);
    if (at == nodes_.end()) return;
    const Node node = std::move(at->second);
    nodes_.erase(at);
    forget(id, node);
    for (const auto& follower : node.followers) release(nodes_.at(follower.id), follower.id);
}

void LaneQueue::forget(Id id, const Node& node) {
    for (const auto* lane : {&node.lane, &node.own_lane})
        if (const auto last = last_.find(*lane); last != last_.end() && last->second == id)
            last_.erase(last);
    for (const auto& actor : node.actors) {
        auto& of = actors_.at(actor);
        of.open.erase(id);
        if (of.barrier == id) of.barrier = 0;
        if (of.open.empty()) actors_.erase(actor);
    }
}

void LaneQueue::postpone(Id id, TimeMs until) {
    auto& node = nodes_.at(id);
    if (node.state == State::postponed) return;
    if (node.state == State::ready) {
        if (ready_.back() == id)
            ready_.pop_back();  // just added: so it is while a backlog is loaded
        else
            std::erase(ready_, id);
    }
    node.state = State::postponed;
    postponed_.emplace(until, id);
    for (const auto& follower : std::exchange(node.followers, {})) {
        if (follower.tie == Tie::firm)
            node.followers.push_back(follower);
        else
            release(nodes_.at(follower.id), follower.id);
    }
}

void LaneQueue::wake(TimeMs now) {
    while (!postponed_.empty() && postponed_.begin()->first <= now) {
        const Id id = postponed_.begin()->second;
        postponed_.erase(postponed_.begin());
        auto& node = nodes_.at(id);
        node.state = State::waiting;
        if (node.waits_for > 0) continue;
        node.state = State::ready;
        ready_.push_back(id);
    }
}

std::optional<TimeMs> LaneQueue::next_wake() const {
    if (postponed_.empty()) return std::nullopt;
    return postponed_.begin()->first;
}

}  // namespace kith::inbox
