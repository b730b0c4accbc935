#pragma once
#include "node/insight/snapshot.hpp"

namespace kith::insight {

// Whose activity counts: M alone, or with the people who post without having joined.
enum class Counted { members, members_and_visitors };

// M01: who posted, replied or reacted within the window, each once, by index.
std::vector<Index> active_people(const Snapshot&, Window, Counted = Counted::members);

// Distinct active people of the day, the 7 and the 28 days that end at `end`.
struct ActiveCounts {
    std::int64_t day = 0;
    std::int64_t week = 0;
    std::int64_t four_weeks = 0;
};
ActiveCounts active_counts(const Snapshot&, TimeMs end, Counted = Counted::members);

}  // namespace kith::insight
