#include "node/insight/report.hpp"

#include <cmath>

#include "base/json/writer.hpp"
#include "config/limits/insight.hpp"

namespace kith::insight {
namespace {

using json::Writer;

constexpr std::string_view hidden_text = "<5";

double hours(TimeMs time_ms) { return double(time_ms) / double(hour_ms); }

void write_number(Writer& w, std::optional<double> value) {
    if (!value)
        w.null();
    else if (std::floor(*value) == *value)
        w.value(std::int64_t(*value));
    else
        w.value(*value);
}

void write_window(Writer& w, std::string_view key, Window window) {
    w.key(key).object();
    w.member("start", format_iso8601(window.start)).member("end", format_iso8601(window.end));
    w.end();
}

// How many opted out is itself a number about people who want to be left alone.
void write_excluded(Writer& w, const Coverage& coverage, View view) {
    w.key("excluded").object();
    w.member("bots", coverage.bots).member("operators", coverage.operators);
    if (view == View::operators || may_show_count(coverage.opted_out))
        w.member("opted_out", coverage.opted_out);
    else
        w.member("opted_out", hidden_text);
    w.end();
}

void write_included(Writer& w, const Coverage& coverage, View view) {
    if (view == View::operators || may_show_count(coverage.included))
        w.member("included", coverage.included);
    else
        w.member("included", hidden_text);
}

void write_interval(Writer& w, const std::optional<Interval>& interval) {
    w.key("ci95");
    if (interval)
        w.array().value(interval->low).value(interval->high).end();
    else
        w.null();
}

void write_metric(Writer& w, const Metric& metric, const Report& report) {
    w.key(metric.id).object();
    w.member("metric", metric.id).member("title", metric.title).member("unit", metric.unit);
    w.member("definition_version", metric.definition_version).member("group", report.group);
    write_window(w, "window", metric.window);
    w.member("as_of", format_iso8601(metric.as_of));
    w.member("suppressed", metric.suppressed);
    if (metric.suppressed) {
        w.member("value", hidden_text).member("n", hidden_text);
    } else {
        w.key("value");
        write_number(w, metric.value);
        w.member("n", metric.n);
        if (metric.k) w.member("k", *metric.k);
    }
    write_interval(w, metric.ci95);
    write_included(w, metric.coverage, report.view);
    write_excluded(w, metric.coverage, report.view);
    w.member("visibility", metric.visibility == Visibility::mixed ? "mixed" : "local");
    w.key("matured_share");
    write_number(w, metric.matured_share);
    w.end();
}

void write_cell(Writer& w, std::string_view key, const Cell& cell) {
    if (cell.hidden)
        w.member(key, hidden_text);
    else
        w.member(key, cell.count);
}

void write_funnel(Writer& w, const FunnelRow& row) {
    w.object();
    write_window(w, "joined_during", row.joined_during);
    write_cell(w, "joined", row.joined);
    const auto step = [&](std::string_view name, const FunnelRow::Step& s) {
        w.key(name).object();
        write_cell(w, "reached", s.reached);
        write_cell(w, "mature", s.mature);
        w.end();
    };
    step("posted", row.posted);
    step("answered", row.answered);
    step("returned", row.returned);
    step("tied", row.tied);
    w.end();
}

// A list, cut at its limit; `write_row` writes one value.
template <class Rows, class WriteRow>
void write_list(Writer& w, std::string_view key, const Rows& rows, WriteRow write_row) {
    w.key(key).array();
    for (std::size_t i = 0; i < rows.size() && i < limits::insight_json_rows_max; ++i)
        write_row(rows[i]);
    w.end();
}

// Null stands for somebody who does not want to be named.
void write_name(Writer& w, const Name& name) {
    if (name.empty())
        w.null();
    else
        w.value(name);
}

void write_names(Writer& w, std::string_view key, const std::vector<Name>& names) {
    write_list(w, key, names, [&](const Name& name) { write_name(w, name); });
}

void write_wait(Writer& w, std::string_view key, const Wait& wait) {
    w.key(key).object();
    w.member("hours", hours(wait.time_ms)).member("answered", wait.happened);
    w.end();
}

void write_curve(Writer& w, std::string_view key, const std::vector<SurvivalStep>& curve) {
    write_list(w, key, curve, [&](const SurvivalStep& step) {
        w.object();
        w.member("hours", hours(step.time_ms)).member("at_risk", step.at_risk);
        w.member("answered", step.happened).member("waiting_share", step.survival);
        w.end();
    });
}

void write_newcomers(Writer& w, const Report& report) {
    w.key("newcomers").object();
    write_list(w, "weeks", report.weeks, [&](const FunnelRow& row) { write_funnel(w, row); });
    w.key("four_weeks");
    write_funnel(w, report.four_weeks);
    if (report.view == View::operators) {
        write_names(w, "names", report.newcomers);
        write_names(w, "silent", report.silent);
    }
    w.end();
}

void write_unanswered(Writer& w, const Report& report) {
    write_list(w, "unanswered", report.unanswered, [&](const UnansweredRow& row) {
        w.object();
        w.member("post", row.post).key("author");
        write_name(w, row.author);
        w.member("age_hours", hours(row.age_ms)).member("first_post", row.first_post);
        w.member("overdue", row.overdue);
        w.end();
    });
}

void write_responsiveness(Writer& w, const Report& report) {
    w.key("responsiveness").object();
    write_list(w, "posts", report.waits, [&](const WaitRow& row) {
        w.object();
        w.member("post", row.post).key("author");
        write_name(w, row.author);
        w.member("at", format_iso8601(row.at));
        write_wait(w, "any_human", row.any_human);
        write_wait(w, "members_only", row.members_only);
        w.end();
    });
    write_curve(w, "curve_any_human", report.curve_any_human);
    write_curve(w, "curve_members_only", report.curve_members_only);
    w.end();
}

void write_ties(Writer& w, std::string_view key, const std::vector<TieRow>& ties) {
    write_list(w, key, ties, [&](const TieRow& tie) {
        w.object().key("between").array();
        write_name(w, tie.a);
        write_name(w, tie.b);
        w.end().member("replies", tie.replies).end();
    });
}

void write_relationships(Writer& w, const Report& report) {
    const auto size = [&](std::int64_t n) { w.value(n); };
    w.key("relationships").object();
    write_ties(w, "dyads", report.ties);
    write_ties(w, "dyads_with_operators", report.ties_with_operators);
    write_names(w, "isolated", report.isolated);
    write_list(w, "component_sizes", report.component_sizes, size);
    write_list(w, "component_sizes_with_operators", report.component_sizes_with_operators, size);
    w.end();
}

void write_for_operators(Writer& w, const Report& report) {
    write_list(w, "days", report.days, [&](const DayRow& row) {
        w.object().member("day", format_date(row.day)).member("active", row.active).end();
    });
    write_unanswered(w, report);
    write_responsiveness(w, report);
    write_relationships(w, report);
    write_list(w, "contributors", report.contributors, [&](const ContributorRow& row) {
        w.object().key("person");
        write_name(w, row.person);
        w.member("contributions", row.contributions).end();
    });
}

}  // namespace

std::string to_json(const Report& report) {
    Writer w;
    w.object();
    w.member("group", report.group).member("as_of", format_iso8601(report.as_of));
    w.member("view", report.view == View::operators ? "operators" : "everyone");
    write_window(w, "window", report.window);
    w.member("visibility", report.coverage.remote > 0 ? "mixed" : "local");
    write_list(w, "blind_spots", report.blind_spots,
               [&](const std::string& sentence) { w.value(sentence); });
    w.key("metrics").object();
    for (const Metric& metric : report.metrics) write_metric(w, metric, report);
    w.end();
    write_newcomers(w, report);
    if (report.view == View::operators) write_for_operators(w, report);
    w.end();
    return w.take();
}

}  // namespace kith::insight
