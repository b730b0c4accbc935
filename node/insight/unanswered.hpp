#pragma once
#include "node/insight/responses.hpp"

// M11: the posts that nobody answered, for those who greet and answer.
namespace kith::insight {

inline constexpr TimeMs first_post_grace_ms = 30 * minute_ms;
inline constexpr TimeMs other_post_grace_ms = 6 * hour_ms;
inline constexpr TimeMs first_post_sla_ms = 24 * hour_ms;
inline constexpr TimeMs other_post_sla_ms = 72 * hour_ms;

struct Unanswered {
    Index post = no_index;
    bool first_post = false;  // its author's first contribution ever
    TimeMs age_ms = 0;
    bool overdue = false;  // older than its SLA
};

struct UnansweredQueue {
    std::vector<Unanswered> open;  // first posts, then the oldest
    std::int64_t answered_in_time = 0;
    std::int64_t answered = 0;
    std::int64_t overdue = 0;
    // SLA attainment: answered_in_time of (answered + overdue).
};

// Looks at what was posted within the window: every first contribution by a human who is neither
// operator nor opted out (a root waits for anyone in its thread, a reply for a direct answer), and
// every root by M whose author is still here. It is open when it has waited longer than its grace.
UnansweredQueue unanswered_queue(const Snapshot&, const Responses&, Window);

}  // namespace kith::insight
