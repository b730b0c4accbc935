#include "node/http/deadline_wheel.hpp"

#include <algorithm>

namespace kith::http {

void DeadlineWheel::add(Connection& c, TimeMs at) {
    c.deadline = at;
    c.wheel_slot = slot_for(at);
    auto& slot = slots_[c.wheel_slot];
    c.wheel_place = slot.insert(slot.end(), &c);
}

void DeadlineWheel::move(Connection& c, TimeMs at) {
    c.deadline = at;
    const auto slot = slot_for(at);
    if (slot == c.wheel_slot) return;
    slots_[slot].splice(slots_[slot].end(), slots_[c.wheel_slot], c.wheel_place);
    c.wheel_slot = slot;
}

void DeadlineWheel::remove(Connection& c) { slots_[c.wheel_slot].erase(c.wheel_place); }

void DeadlineWheel::advance(TimeMs now, const std::function<void(Connection&)>& expire) {
    for (; done_until_ < now / slot_ms; ++done_until_) {
        std::list<Connection*> due;
        due.swap(slots_[std::size_t(done_until_) % slot_count]);
        while (!due.empty()) {   // put each back first: expire() may remove or move it
            auto& c = *due.front();
            const bool later = c.deadline == 0 || c.deadline > now;
            c.wheel_slot = slot_for(later ? c.deadline : now + slot_ms);
            auto& home = slots_[c.wheel_slot];
            home.splice(home.end(), due, due.begin());
            if (!later) expire(c);
        }
    }
}

// A connection without deadline still sits in the ring, in the farthest slot.
std::size_t DeadlineWheel::slot_for(TimeMs at) const {
    const auto farthest = done_until_ + TimeMs(slot_count) - 1;
    const auto slot =
        at == 0 ? farthest : std::clamp(at / slot_ms + 1, done_until_ + 1, farthest);
    return std::size_t(slot) % slot_count;
}

}  // namespace kith::http
