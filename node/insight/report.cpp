#include "node/insight/report.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "node/insight/active.hpp"
#include "node/insight/graph.hpp"
#include "node/insight/newcomers.hpp"
#include "node/insight/report_metrics.hpp"
#include "node/insight/responsiveness.hpp"
#include "node/insight/shares.hpp"
#include "node/insight/unanswered.hpp"

namespace kith::insight {
namespace {

Name name_of(const Snapshot& snapshot, Index person) {
    const Actor& actor = snapshot.people()[person].actor;
    if (!actor.discoverable) return {};
    return actor.name.empty() ? std::to_string(actor.id) : actor.name;
}

std::vector<Name> names_of(const Snapshot& snapshot, const std::vector<Index>& people) {
    std::vector<Name> names;
    for (const Index person : people) names.push_back(name_of(snapshot, person));
    std::sort(names.begin(), names.end());
    return names;
}

std::string label_of(const Snapshot& snapshot, Index post) {
    const Post& found = snapshot.posts()[post];
    return found.label.empty() ? std::to_string(found.object) : std::string(found.label);
}

FunnelRow row_of(const Funnel& funnel) {
    const auto step = [](const FunnelStep& s) {
        return FunnelRow::Step{{s.reached, false}, {s.mature, false}};
    };
    return {funnel.joined_during,  {funnel.joined, false}, step(funnel.posted),
            step(funnel.answered), step(funnel.returned),  step(funnel.tied)};
}

void hide(Cell& cell) { cell = {0, true}; }

void hide_steps(FunnelRow& row) {
    for (FunnelRow::Step* step : {&row.posted, &row.answered, &row.returned, &row.tied}) {
        hide(step->reached);
        hide(step->mature);
    }
}

// Everyone sees how many joined where they are enough, by week only as far as the total gives no
// hidden week away; and steps of the four weeks together whose people in and out are enough.
void suppress_funnel(std::vector<FunnelRow>& weeks, FunnelRow& four_weeks) {
    std::vector<std::int64_t> joined;
    for (const FunnelRow& week : weeks) joined.push_back(week.joined.count);
    const auto hidden = hidden_cells(joined);
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        if (hidden[i]) hide(weeks[i].joined);
        hide_steps(weeks[i]);
    }
    if (!may_show_count(four_weeks.joined.count)) hide(four_weeks.joined);
    std::int64_t before = four_weeks.joined.count;  // the last number shown, which a step must not
                                                    // differ from by a few people
    for (FunnelRow::Step* step :
         {&four_weeks.posted, &four_weeks.answered, &four_weeks.returned, &four_weeks.tied}) {
        const bool enough = !four_weeks.joined.hidden &&
                            step->mature.count == four_weeks.joined.count &&
                            may_show_share(step->reached.count, before);
        if (enough) {
            before = step->reached.count;
        } else {
            hide(step->reached);
            hide(step->mature);
        }
    }
}

void add_newcomers(Report& report, const Snapshot& snapshot, const Responses& responses) {
    // Four ISO weeks, the last one the week that the report ends in.
    const TimeMs first_week = week_start(snapshot.as_of() - 1) - 3 * week_ms;
    const Window weeks{first_week, first_week + 4 * week_ms};
    for (const Funnel& week : weekly_funnels(snapshot, responses, weeks))
        report.weeks.push_back(row_of(week));
    report.four_weeks = row_of(funnel(snapshot, responses, weeks));
    if (report.view == View::everyone) {
        suppress_funnel(report.weeks, report.four_weeks);
        return;
    }
    report.newcomers = names_of(snapshot, joined_in(snapshot, weeks));
    report.silent = names_of(snapshot, silent_joiners(snapshot, default_window_days).silent);
}

void add_days(Report& report, const Snapshot& snapshot) {
    for (int day = default_window_days; day > 0; --day) {
        const TimeMs start = snapshot.as_of() - day * day_ms;
        const auto active = active_people(snapshot, {start, start + day_ms});
        report.days.push_back({start, std::int64_t(active.size())});
    }
}

void add_waits(Report& report, const Snapshot& snapshot, const Responses& responses) {
    const auto any = root_waits(snapshot, responses, report.window, AnsweredBy::any_human);
    const auto members = root_waits(snapshot, responses, report.window, AnsweredBy::members_only);
    report.curve_any_human = kaplan_meier(waits_of(any));
    report.curve_members_only = kaplan_meier(waits_of(members));
    for (std::size_t i = 0; i < any.size(); ++i) {
        const Post& post = snapshot.posts()[any[i].post];
        report.waits.push_back({label_of(snapshot, any[i].post), name_of(snapshot, post.author),
                                post.at, any[i].wait, members[i].wait});
    }
}

void add_unanswered(Report& report, const Snapshot& snapshot, const Responses& responses) {
    for (const Unanswered& item : unanswered_queue(snapshot, responses, report.window).open) {
        const Index author = snapshot.posts()[item.post].author;
        report.unanswered.push_back({label_of(snapshot, item.post), name_of(snapshot, author),
                                     item.age_ms, item.first_post, item.overdue});
    }
}

std::vector<TieRow> tie_rows(const Snapshot& snapshot, const ReplyGraph& graph) {
    std::vector<TieRow> rows;
    for (const Dyad& dyad : mutual_dyads(graph)) {
        Name a = name_of(snapshot, dyad.a);
        Name b = name_of(snapshot, dyad.b);
        if (b < a) std::swap(a, b);
        rows.push_back({std::move(a), std::move(b), dyad.replies});
    }
    // By name where equal: ids differ from node to node.
    std::sort(rows.begin(), rows.end(), [](const TieRow& x, const TieRow& y) {
        return std::tie(y.replies, x.a, x.b) < std::tie(x.replies, y.a, y.b);
    });
    return rows;
}

std::vector<std::int64_t> sizes_of(const ReplyGraph& graph) {
    std::vector<std::int64_t> sizes;
    for (const auto& part : components(graph)) sizes.push_back(std::int64_t(part.size()));
    return sizes;
}

void add_relationships(Report& report, const Snapshot& snapshot) {
    const auto members = reply_graph(snapshot, report.window, GraphOf::members);
    const auto all = reply_graph(snapshot, report.window, GraphOf::members_and_operators);
    report.ties = tie_rows(snapshot, members);
    report.ties_with_operators = tie_rows(snapshot, all);
    report.isolated = names_of(snapshot, isolated_members(snapshot, members));
    report.component_sizes = sizes_of(members);
    report.component_sizes_with_operators = sizes_of(all);
    for (const Contributor& c : contributors(snapshot, report.window))
        report.contributors.push_back({name_of(snapshot, c.person), c.contributions});
    std::sort(report.contributors.begin(), report.contributors.end(),
              [](const ContributorRow& x, const ContributorRow& y) {
                  return std::tie(y.contributions, x.person) < std::tie(x.contributions, y.person);
              });
}

void add_blind_spots(Report& report) {
    if (report.coverage.remote > 0)
        report.blind_spots.push_back(
            "Some members are on other servers: only what they send to this one is seen.");
    if (report.coverage.opted_out > 0)
        report.blind_spots.push_back(
            "Some people opted out: nothing of theirs is counted but that a post got an answer.");
    report.blind_spots.push_back("Reading is not measured: a silent member may be a content one.");
}

}  // namespace

Report make_report(const GroupHistory& history, TimeMs as_of, View view) {
    if (view == View::everyone) as_of = week_start(as_of);
    const Snapshot snapshot(history, as_of);
    const Responses responses = first_responses(snapshot);
    Report report;
    report.group = history.name;
    report.as_of = as_of;
    report.view = view;
    report.window = last_days(as_of, default_window_days);
    report.coverage = snapshot.coverage(report.window);
    add_blind_spots(report);
    report.metrics = make_metrics(snapshot, responses, view);
    add_newcomers(report, snapshot, responses);
    if (view == View::everyone) return report;
    add_days(report, snapshot);
    add_unanswered(report, snapshot, responses);
    add_waits(report, snapshot, responses);
    add_relationships(report, snapshot);
    return report;
}

const Metric* find_metric(const Report& report, std::string_view id) {
    for (const Metric& metric : report.metrics)
        if (metric.id == id) return &metric;
    return nullptr;
}

}  // namespace kith::insight
