#pragma once
#include "node/insight/graph.hpp"
#include "node/insight/responses.hpp"

#include <array>

// The way in: joined, posted, answered, returned, tied.
namespace kith::insight {

inline constexpr TimeMs first_post_within_ms = 7 * day_ms;      // after the join
inline constexpr TimeMs first_answer_within_ms = 72 * hour_ms;  // after the first contribution
inline constexpr TimeMs return_after_ms = 24 * hour_ms;         // what is sooner is the same visit
inline constexpr TimeMs return_within_ms = 8 * day_ms;
inline constexpr TimeMs silent_after_ms = 14 * day_ms;

// M05: members whose first join lies in the window; re-joins are no newcomers.
std::vector<Index> joined_in(const Snapshot&, Window);

// One step of the funnel: `reached` of the `mature`, for whom the step's whole horizon has passed.
struct FunnelStep {
    std::int64_t reached = 0;
    std::int64_t mature = 0;
};

// M06. Strictly nested: a step is reached only by who reached the one before.
struct Funnel {
    Window joined_during;
    std::int64_t joined = 0;
    FunnelStep
        posted;  // a first contribution within 7 d (one from before the join counts as at it)
    FunnelStep answered;  // directly, by another human, within 72 h of it
    FunnelStep returned;  // a contribution more than 24 h and at most 8 d after it
    FunnelStep tied;      // in a mutual dyad with a member by now
};
Funnel funnel(const Snapshot&, const Responses&, Window joined_during);

// One funnel for each ISO week that touches the window.
std::vector<Funnel> weekly_funnels(const Snapshot&, const Responses&, Window);

// M07: members whose 14th day fell in the window's length before as_of, and those of them who had
// shown no visible action by then.
struct SilentJoiners {
    std::vector<Index> silent;
    std::int64_t of = 0;
};
SilentJoiners silent_joiners(const Snapshot&, int window_days);

// M10: of the members who joined in the window and contributed, whose first contribution was
// answered directly within the limit; k of those whose limit has passed.
struct FirstPostResponse {
    std::int64_t answered = 0;
    std::int64_t mature = 0;
    std::int64_t all = 0;
};
FirstPostResponse first_post_response(const Snapshot&, const Responses&, Window joined_during,
                                      TimeMs within_ms);

}  // namespace kith::insight
