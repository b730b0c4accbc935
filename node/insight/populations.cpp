#include "node/insight/populations.hpp"

#include <algorithm>

namespace kith::insight {

Population population_of(const Actor& actor, Id group, TimeMs as_of) {
    if (actor.suspended) return Population::suspended;
    if (actor.role == Role::bot || actor.id == group) return Population::bot;
    if (actor.opted_out) return Population::opted_out;
    if (actor.role == Role::operator_) return Population::operator_;
    const auto joined = first_joined_at(actor);
    return joined && *joined < as_of ? Population::member : Population::visitor;
}

bool answers_count(Population p) { return p != Population::bot && p != Population::suspended; }

bool member_at(const Actor& actor, TimeMs t) {
    return std::any_of(actor.spells.begin(), actor.spells.end(), [t](const Spell& spell) {
        return spell.joined_at <= t && (!spell.left_at || t < *spell.left_at);
    });
}

bool member_during(const Actor& actor, Window window) {
    return std::any_of(actor.spells.begin(), actor.spells.end(), [&](const Spell& spell) {
        return spell.joined_at < window.end && (!spell.left_at || window.start < *spell.left_at);
    });
}

std::optional<TimeMs> first_joined_at(const Actor& actor) {
    std::optional<TimeMs> first;
    for (const Spell& spell : actor.spells)
        if (!first || spell.joined_at < *first) first = spell.joined_at;
    return first;
}

}  // namespace kith::insight
