#include "node/insight/newcomers.hpp"

#include <algorithm>

namespace kith::insight {
namespace {

// A newcomer's first contribution, as of the join if it was made before.
struct FirstPost {
    Index post = no_index;
    TimeMs at = 0;
};

std::optional<FirstPost> first_post(const Snapshot& snapshot, Index newcomer) {
    const auto posts = snapshot.posts_of(newcomer);
    if (posts.empty()) return std::nullopt;
    const TimeMs joined_at = snapshot.people()[newcomer].joined_at.value_or(0);
    return FirstPost{posts.front(), std::max(snapshot.posts()[posts.front()].at, joined_at)};
}

bool answered_within(const Responses& responses, const FirstPost& first, TimeMs within_ms) {
    const auto& response = responses.direct[first.post];
    return response && waited_ms(first.at, *response) <= within_ms;
}

bool returned_after(const Snapshot& snapshot, Index newcomer, const FirstPost& first) {
    for (const Index post : snapshot.posts_of(newcomer)) {
        const TimeMs later_by = snapshot.posts()[post].at - first.at;
        if (later_by > return_after_ms && later_by <= return_within_ms) return true;
    }
    return false;
}

std::vector<bool> with_mutual_dyad(const Snapshot& snapshot) {
    std::vector<bool> tied(snapshot.people().size(), false);
    const Window ever{snapshot.posts().empty() ? 0 : snapshot.posts().front().at, snapshot.as_of()};
    for (const Dyad& dyad : mutual_dyads(reply_graph(snapshot, ever, GraphOf::members)))
        tied[dyad.a] = tied[dyad.b] = true;
    return tied;
}

// Counts somebody in a step; true if it was reached, so that the next step can be asked.
bool step(FunnelStep& counts, bool mature, bool reached) {
    counts.mature += mature;
    counts.reached += mature && reached;
    return mature && reached;
}

// Takes one newcomer down the funnel. Who stops at a step is settled for all later ones as well.
void count_newcomer(Funnel& funnel, const Snapshot& snapshot, const Responses& responses,
                    const std::vector<bool>& tied, Index newcomer) {
    ++funnel.joined;
    const TimeMs as_of = snapshot.as_of();
    const TimeMs joined_at = *snapshot.people()[newcomer].joined_at;
    const auto first = first_post(snapshot, newcomer);

    bool mature = joined_at + first_post_within_ms <= as_of;
    bool reached = first && first->at - joined_at <= first_post_within_ms;
    reached = step(funnel.posted, mature, reached);

    mature = mature && (!reached || first->at + first_answer_within_ms <= as_of);
    reached = reached && answered_within(responses, *first, first_answer_within_ms);
    reached = step(funnel.answered, mature, reached);

    mature = mature && (!reached || first->at + return_within_ms <= as_of);
    reached = reached && returned_after(snapshot, newcomer, *first);
    reached = step(funnel.returned, mature, reached);

    step(funnel.tied, mature, reached && tied[newcomer]);
}

Funnel funnel_of(const Snapshot& snapshot, const Responses& responses,
                 const std::vector<bool>& tied, Window joined_during) {
    Funnel result;
    result.joined_during = joined_during;
    for (const Index newcomer : joined_in(snapshot, joined_during))
        count_newcomer(result, snapshot, responses, tied, newcomer);
    return result;
}

bool acted_before(const Snapshot& snapshot, Index person, TimeMs end) {
    const auto posts = snapshot.posts_of(person);
    return !posts.empty() && snapshot.posts()[posts.front()].at < end;
}

}  // namespace

std::vector<Index> joined_in(const Snapshot& snapshot, Window window) {
    std::vector<Index> joined;
    for (Index i = 0; i < snapshot.people().size(); ++i) {
        const Person& person = snapshot.people()[i];
        if (person.population == Population::member && window.contains(*person.joined_at))
            joined.push_back(i);
    }
    return joined;
}

Funnel funnel(const Snapshot& snapshot, const Responses& responses, Window joined_during) {
    return funnel_of(snapshot, responses, with_mutual_dyad(snapshot), joined_during);
}

std::vector<Funnel> weekly_funnels(const Snapshot& snapshot, const Responses& responses,
                                   Window window) {
    const auto tied = with_mutual_dyad(snapshot);
    std::vector<Funnel> weeks;
    for (TimeMs week = week_start(window.start); week < window.end; week += week_ms)
        weeks.push_back(funnel_of(snapshot, responses, tied, {week, week + week_ms}));
    return weeks;
}

SilentJoiners silent_joiners(const Snapshot& snapshot, int window_days) {
    std::vector<std::optional<TimeMs>> first_reaction(snapshot.people().size());
    for (const Act& reaction : snapshot.reactions_in({INT64_MIN, snapshot.as_of()}))
        if (!first_reaction[reaction.person]) first_reaction[reaction.person] = reaction.at;

    SilentJoiners result;
    for (Index i = 0; i < snapshot.people().size(); ++i) {
        const Person& person = snapshot.people()[i];
        if (!person.here) continue;
        const TimeMs settled_at = *person.joined_at + silent_after_ms;
        // The 14 days may end exactly at as_of: the whole of them has passed then.
        if (settled_at > snapshot.as_of() || settled_at <= snapshot.as_of() - window_days * day_ms)
            continue;
        ++result.of;
        const bool reacted = first_reaction[i] && *first_reaction[i] < settled_at;
        if (!reacted && !acted_before(snapshot, i, settled_at)) result.silent.push_back(i);
    }
    return result;
}

FirstPostResponse first_post_response(const Snapshot& snapshot, const Responses& responses,
                                      Window joined_during, TimeMs within_ms) {
    FirstPostResponse result;
    for (const Index newcomer : joined_in(snapshot, joined_during)) {
        const auto first = first_post(snapshot, newcomer);
        if (!first) continue;
        ++result.all;
        if (first->at + within_ms > snapshot.as_of()) continue;
        ++result.mature;
        result.answered += answered_within(responses, *first, within_ms);
    }
    return result;
}

}  // namespace kith::insight
