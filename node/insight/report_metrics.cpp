#include "node/insight/report_metrics.hpp"

#include <algorithm>
#include <set>

#include "node/insight/active.hpp"
#include "node/insight/graph.hpp"
#include "node/insight/newcomers.hpp"
#include "node/insight/responsiveness.hpp"
#include "node/insight/shares.hpp"
#include "node/insight/unanswered.hpp"

namespace kith::insight {
namespace {

using Metrics = std::vector<Metric>;

void add_active(Metrics& out, const Envelopes& make, const Snapshot& snapshot, View view) {
    const TimeMs end = snapshot.as_of();
    const auto members = active_counts(snapshot, end);
    out.push_back(make.people("M01.day", "Active members, day", last_days(end, 1), members.day));
    out.push_back(
        make.people("M01.week", "Active members, 7 days", last_days(end, 7), members.week));
    out.push_back(make.people("M01.month", "Active members, 28 days",
                              last_days(end, default_window_days), members.four_weeks));
    if (view == View::everyone) return;
    const auto all = active_counts(snapshot, end, Counted::members_and_visitors);
    out.push_back(make.people("M01.month_all", "Active members and visitors, 28 days",
                              last_days(end, default_window_days), all.four_weeks));
}

void add_newcomers(Metrics& out, const Envelopes& make, const Snapshot& snapshot,
                   const Responses& responses, View view) {
    const TimeMs end = snapshot.as_of();
    const Window week = last_days(end, 7);
    const Window month = last_days(end, default_window_days);
    const Funnel f = funnel(snapshot, responses, month);
    if (view == View::operators)
        out.push_back(make.people("M05.week", "Joined, 7 days", week,
                                  std::int64_t(joined_in(snapshot, week).size())));
    out.push_back(make.people("M05.month", "Joined, 28 days", month, f.joined));
    if (view == View::operators) {
        const auto step = [&](std::string_view id, std::string_view title, const FunnelStep& s) {
            out.push_back(make.share(id, title, month, s.reached, s.mature, f.joined));
        };
        step("M06.posted", "Newcomers who posted within 7 days", f.posted);
        step("M06.answered", "... and were answered within 72 hours", f.answered);
        step("M06.returned", "... and came back within 8 days", f.returned);
        step("M06.tied", "... and are tied to a member", f.tied);
    }
    const auto silent = silent_joiners(snapshot, default_window_days);
    out.push_back(make.share("M07", "No visible action in 14 days since joining", month,
                             std::int64_t(silent.silent.size()), silent.of, silent.of));
}

std::int64_t distinct_authors(const Snapshot& snapshot, const std::vector<RootWait>& roots) {
    std::set<Index> authors;
    for (const RootWait& root : roots) authors.insert(snapshot.posts()[root.post].author);
    return std::int64_t(authors.size());
}

void add_waits(Metrics& out, const Envelopes& make, const Snapshot& snapshot,
               const Responses& responses, View view) {
    const Window window = last_days(snapshot.as_of(), default_window_days);
    const auto any = root_waits(snapshot, responses, window, AnsweredBy::any_human);
    const auto members = root_waits(snapshot, responses, window, AnsweredBy::members_only);
    const auto median_hours = [&](std::string_view id, std::string_view title, const auto& roots) {
        const auto middle = median_wait(kaplan_meier(waits_of(roots)));
        const auto hours = middle ? std::optional(double(*middle) / double(hour_ms)) : std::nullopt;
        out.push_back(make.number(id, title, "hours", window, hours, std::int64_t(roots.size()),
                                  distinct_authors(snapshot, roots)));
    };
    median_hours("M08.any_human", "Median wait for a first answer", any);
    median_hours("M08.members_only", "Median wait for a member's answer", members);

    const auto within = [&](std::string_view id, std::string_view title, const auto& roots,
                            TimeMs limit_ms) {
        const auto counts = answered_within(roots, snapshot, limit_ms);
        out.push_back(make.share(id, title, window, counts.answered, counts.mature,
                                 std::int64_t(roots.size())));
    };
    within("M09.24h", "Answered within 24 hours", any, day_ms);
    within("M09.1h", "Answered within 1 hour", any, hour_ms);
    within("M09.24h_members_only", "Answered by a member within 24 hours", members, day_ms);
    within("M09.1h_members_only", "Answered by a member within 1 hour", members, hour_ms);
    if (view == View::operators) {
        const auto estimate = 1 - survival_at(kaplan_meier(waits_of(any)), day_ms);
        out.push_back(make.number("M09.24h_estimate", "Answered within 24 hours (Kaplan-Meier)",
                                  "share", window,
                                  any.empty() ? std::nullopt : std::optional(estimate),
                                  std::int64_t(any.size()), distinct_authors(snapshot, any)));
    }

    const auto first = [&](std::string_view id, std::string_view title, TimeMs limit_ms) {
        const auto counts = first_post_response(snapshot, responses, window, limit_ms);
        out.push_back(make.share(id, title, window, counts.answered, counts.mature, counts.all));
    };
    first("M10.24h", "First posts answered within 24 hours", day_ms);
    first("M10.72h", "First posts answered within 72 hours", 3 * day_ms);
}

// The queue is for those who answer.
void add_queue(Metrics& out, const Envelopes& make, const Snapshot& snapshot,
               const Responses& responses) {
    const Window window = last_days(snapshot.as_of(), default_window_days);
    const auto queue = unanswered_queue(snapshot, responses, window);
    const auto open = std::int64_t(queue.open.size());
    std::vector<double> ages_hours;
    for (const Unanswered& item : queue.open)
        ages_hours.push_back(double(item.age_ms) / double(hour_ms));
    const auto oldest =
        ages_hours.empty() ? std::nullopt
                           : std::optional(*std::max_element(ages_hours.begin(), ages_hours.end()));
    const std::int64_t judged = queue.answered + queue.overdue;
    out.push_back(
        make.number("M11.open", "Unanswered posts", "posts", window, double(open), open, open));
    out.push_back(
        make.number("M11.oldest", "Oldest unanswered post", "hours", window, oldest, open, open));
    out.push_back(make.number("M11.median_age", "Median age of unanswered posts", "hours", window,
                              median(ages_hours), open, open));
    out.push_back(make.share("M11.sla", "Answered in time (first posts 24 h, others 72 h)", window,
                             queue.answered_in_time, judged, judged + open - queue.overdue));
}

std::int64_t people_with_edges(const ReplyGraph& graph) {
    std::set<Index> people;
    for (const ReplyEdge& edge : graph.edges) people.insert({edge.from, edge.to});
    return std::int64_t(people.size());
}

struct GraphMetricNames {
    std::string_view dyads, dyads_title, reciprocity, reciprocity_title;
};

void add_graph(Metrics& out, const Envelopes& make, const ReplyGraph& graph, Window window,
               const GraphMetricNames& names) {
    const auto people = people_with_edges(graph);
    const auto dyads = std::int64_t(mutual_dyads(graph).size());
    const auto returned = reciprocity(graph);
    const auto share = returned.of > 0
                           ? std::optional(double(returned.reciprocated) / double(returned.of))
                           : std::nullopt;
    // Two people to a pair at most: few pairs are few people.
    out.push_back(make.number(names.dyads, names.dyads_title, "pairs", window, double(dyads),
                              std::int64_t(graph.nodes.size()), std::min(people, dyads)));
    out.push_back(make.number(names.reciprocity, names.reciprocity_title, "share", window, share,
                              returned.of, people));
}

void add_relationships(Metrics& out, const Envelopes& make, const Snapshot& snapshot, View view) {
    const TimeMs end = snapshot.as_of();
    const Window month = last_days(end, default_window_days);
    const Window quarter = last_days(end, long_window_days);
    const auto members = reply_graph(snapshot, month, GraphOf::members);
    add_graph(out, make, members, month,
              {"M15.dyads", "Pairs of members who answer each other", "M15.reciprocity",
               "Replies between members that are returned"});
    if (view == View::operators)
        add_graph(out, make, reply_graph(snapshot, month, GraphOf::members_and_operators), month,
                  {"M15.dyads_with_operators", "Such pairs, with operators",
                   "M15.reciprocity_with_operators", "Returned replies, with operators"});
    add_graph(out, make, reply_graph(snapshot, quarter, GraphOf::members), quarter,
              {"M15.dyads_91d", "Pairs of members who answer each other, 91 days",
               "M15.reciprocity_91d", "Replies between members that are returned, 91 days"});

    const auto isolated = std::int64_t(isolated_members(snapshot, members).size());
    const auto here = std::int64_t(members.nodes.size());
    out.push_back(make.share("M16", "Members tied to nobody", month, isolated, here, here));
}

void add_shares(Metrics& out, const Envelopes& make, const Snapshot& snapshot,
                const Responses& responses) {
    const TimeMs end = snapshot.as_of();
    const Window month = last_days(end, default_window_days);
    const Window quarter = last_days(end, long_window_days);
    const auto share = member_share(snapshot, month);
    const auto active = std::int64_t(contributors(snapshot, month).size());
    out.push_back(make.number(
        "M23", "Contributions that members make, not operators", "share", month,
        share.of > 0 ? std::optional(double(share.by_members) / double(share.of)) : std::nullopt,
        share.of, active));
    const auto roots = root_waits(snapshot, responses, month, AnsweredBy::any_human);
    const auto first = operator_answers(roots, snapshot);
    out.push_back(make.share("M23.first_answers_by_operators", "First answers that operators give",
                             month, first.by_operators, first.answered, first.answered));

    std::vector<std::int64_t> counts;
    for (const Contributor& c : contributors(snapshot, quarter)) counts.push_back(c.contributions);
    const auto people = contributor_absence_factor(counts);
    out.push_back(make.number("M25", "People who make more than half of all posts, 91 days",
                              "people", quarter,
                              people ? std::optional(double(*people)) : std::nullopt,
                              std::int64_t(counts.size()), people.value_or(0)));
}

}  // namespace

std::vector<Metric> make_metrics(const Snapshot& snapshot, const Responses& responses, View view) {
    const Envelopes make(snapshot, view);
    Metrics metrics;
    add_active(metrics, make, snapshot, view);
    add_newcomers(metrics, make, snapshot, responses, view);
    add_waits(metrics, make, snapshot, responses, view);
    if (view == View::operators) add_queue(metrics, make, snapshot, responses);
    add_relationships(metrics, make, snapshot, view);
    add_shares(metrics, make, snapshot, responses);
    return metrics;
}

}  // namespace kith::insight
