#pragma once
#include "node/insight/records.hpp"
#include "node/insight/windows.hpp"

#include <cstdint>

// Who counts. Every metric is about M: human members who are neither operator, bot, nor opted out.
// Remote members are members like others.
namespace kith::insight {

enum class Population {
    member,     // M
    visitor,    // posts or reacts without having joined
    operator_,  // owners and moderators
    opted_out,  // their replies still answer a post, without their name; nothing else is used
    bot,        // also the group's own actor
    suspended,
};

// Where an actor stands. `as_of`: who had not joined by then is a visitor. What an actor is today
// holds for the past as well: an opt-out works at once and on everything.
Population population_of(const Actor&, Id group, TimeMs as_of);

// Everyone but machines and the suspended: whose reply makes a post answered.
bool answers_count(Population);

// In a spell at the moment t. For lists and graphs of who is here.
bool member_at(const Actor&, TimeMs t);
// In a spell at some moment of the window. For what was done in it: who has left since did it.
bool member_during(const Actor&, Window);
// The first spell's start; nothing for visitors.
std::optional<TimeMs> first_joined_at(const Actor&);

// How many people a number is about and how many it leaves out, of those here during the window.
struct Coverage {
    std::int64_t included = 0;
    std::int64_t remote =
        0;  // of the included: seen only as far as their activities reach this node
    std::int64_t bots = 0;
    std::int64_t operators = 0;
    std::int64_t opted_out = 0;
};

}  // namespace kith::insight
