#include "node/insight/report.hpp"

#include <algorithm>

#include "config/limits/insight.hpp"
#include "node/insight/text_chart.hpp"

namespace kith::insight {
namespace {

std::string person(const Name& name) { return name.empty() ? "(not named)" : plain(name); }

std::string shown(const Cell& cell) { return cell.hidden ? "<5" : std::to_string(cell.count); }

std::string shown(const FunnelRow::Step& step) {
    if (step.reached.hidden) return "<5";
    if (step.mature.count == 0) return "-";
    return std::to_string(step.reached.count) + " of " + std::to_string(step.mature.count);
}

// The value of a metric as people say it: "24 h", "57 % (4 of 7; 95 % CI 25 % to 84 %)".
std::string shown(const Metric& metric) {
    if (metric.suppressed) return "not shown (fewer than 5 people)";
    if (!metric.value) return "nothing to say yet";
    if (metric.unit == "hours") return duration(TimeMs(*metric.value * double(hour_ms)));
    if (metric.unit != "share") return std::to_string(std::int64_t(*metric.value));
    std::string text = percent(*metric.value);
    if (metric.k) text += " (" + std::to_string(*metric.k) + " of " + std::to_string(metric.n);
    if (metric.k && metric.ci95)
        text += "; 95 % CI " + percent(metric.ci95->low) + " to " + percent(metric.ci95->high);
    if (metric.k) text += ")";
    return text;
}

void heading(std::string& out, std::string_view text) {
    out += "\n" + std::string(text) + "\n" + std::string(text.size(), '-') + "\n";
}

void say_metrics(std::string& out, const Report& report, std::string_view prefix) {
    for (const Metric& metric : report.metrics)
        if (metric.id.starts_with(prefix))
            out += "  " + pad(metric.title, 53) + " " + shown(metric) + "\n";
}

std::string list_of(const std::vector<Name>& names) {
    if (names.empty()) return "nobody";
    std::string text;
    const std::size_t count = std::min(names.size(), limits::insight_text_rows_max);
    for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ", " : "") + person(names[i]);
    if (count < names.size()) text += " and " + std::to_string(names.size() - count) + " more";
    return text;
}

// Rows up to the limit, then how many more there are.
template <class Rows, class Line>
void say_rows(std::string& out, const Rows& rows, Line line) {
    const std::size_t count = std::min<std::size_t>(rows.size(), limits::insight_text_rows_max);
    for (std::size_t i = 0; i < count; ++i) out += "  " + line(rows[i]) + "\n";
    if (count < rows.size()) out += "  ... and " + std::to_string(rows.size() - count) + " more\n";
}

void say_header(std::string& out, const Report& report) {
    const Coverage& c = report.coverage;
    out += plain(report.group) + ", as of " + format_iso8601(report.as_of).substr(0, 16) +
           " UTC, the 28 days before\n";
    if (report.view == View::operators)
        out += "Counted: " + counted(c.included, "member", "members") + " (" +
               std::to_string(c.remote) +
               " on other servers). Left out: " + counted(c.operators, "operator", "operators") +
               ", " + counted(c.bots, "bot", "bots") + ", " + std::to_string(c.opted_out) +
               " who opted out.\n";
    for (const std::string& sentence : report.blind_spots) out += sentence + "\n";
}

void say_unanswered(std::string& out, const Report& report) {
    heading(out, "Who was never answered");
    if (report.unanswered.empty()) out += "  Nobody is waiting.\n";
    say_rows(out, report.unanswered, [](const UnansweredRow& row) {
        return pad(person(row.author), 20) + " " + pad(row.first_post ? "first post" : "post", 10) +
               " waits " + pad(duration(row.age_ms), 9) +
               (row.overdue ? " overdue  " : "          ") + plain(row.post);
    });
    say_metrics(out, report, "M11.sla");
}

void say_newcomers(std::string& out, const Report& report) {
    heading(out, "Who joined");
    out += "  " + pad("week of", 12) + pad("joined", 8) + pad("posted", 10) + pad("answered", 10) +
           pad("returned", 10) + "tied\n";
    const auto line = [](const std::string& label, const FunnelRow& row) {
        return "  " + pad(label, 12) + pad(shown(row.joined), 8) + pad(shown(row.posted), 10) +
               pad(shown(row.answered), 10) + pad(shown(row.returned), 10) +
               pad(shown(row.tied), 10);
    };
    std::int64_t most = 1;
    for (const FunnelRow& week : report.weeks) most = std::max(most, week.joined.count);
    for (const FunnelRow& week : report.weeks)
        out += line(format_date(week.joined_during.start), week) +
               bar(double(week.joined.count), double(most), 30) + "\n";
    out += line("four weeks", report.four_weeks) + "\n";
    out +=
        "  Each step is counted among those who can be judged yet: posted within 7 days, answered\n"
        "  within 72 hours, back within 8 days, in a pair who answer each other.\n";
    if (report.view == View::operators) {
        out += "  Joined: " + list_of(report.newcomers) + ".\n";
        out += "  No visible action in their first 14 days: " + list_of(report.silent) + ".\n";
    }
    say_metrics(out, report, "M10");
}

// The share still waiting at round times, as far as any post was watched.
void say_curve(std::string& out, const Report& report) {
    static constexpr TimeMs marks[] = {
        0,          15 * minute_ms, hour_ms,    4 * hour_ms, 12 * hour_ms, day_ms,
        2 * day_ms, 3 * day_ms,     7 * day_ms, 14 * day_ms, 28 * day_ms};
    out += "  " + pad("after", 9) + "still waiting\n";
    for (const TimeMs mark : marks) {
        const auto watched =
            std::count_if(report.waits.begin(), report.waits.end(),
                          [&](const WaitRow& row) { return row.any_human.time_ms >= mark; });
        if (watched == 0) break;
        const double waiting = survival_at(report.curve_any_human, mark);
        out += "  " + pad(duration(mark), 9) + pad(percent(waiting), 6) + " " +
               bar(waiting, 1, 40) + "\n";
    }
}

void say_waits(std::string& out, const Report& report) {
    heading(out, "How long a first answer takes");
    say_metrics(out, report, "M08");
    say_metrics(out, report, "M09");
    if (report.waits.empty()) return;
    say_curve(out, report);
    out += "  Posts that still wait count as long as they were watched (Kaplan-Meier).\n";
}

void say_activity(std::string& out, const Report& report) {
    heading(out, "Who is active");
    say_metrics(out, report, "M01");
    std::int64_t most = 1;
    for (const DayRow& row : report.days) most = std::max(most, row.active);
    for (const DayRow& row : report.days)
        out += "  " + format_date(row.day) + " " + pad(std::to_string(row.active), 6) +
               bar(double(row.active), double(most), 40) + "\n";
}

void say_relationships(std::string& out, const Report& report) {
    heading(out, "Who is tied to whom");
    say_metrics(out, report, "M15");
    say_metrics(out, report, "M16");
    if (report.view != View::operators) return;
    std::int64_t most = 1;
    for (const TieRow& tie : report.ties) most = std::max(most, tie.replies);
    say_rows(out, report.ties, [&](const TieRow& tie) {
        return pad(person(tie.a) + " - " + person(tie.b), 42) + " " +
               pad(counted(tie.replies, "reply", "replies"), 12) +
               bar(double(tie.replies), double(most), 30);
    });
    out += "  Tied to nobody: " + list_of(report.isolated) + ".\n";
    out += "  Connected parts of the group:";
    if (report.component_sizes.empty()) {
        out += " none.\n";
        return;
    }
    const auto count = std::min<std::size_t>(report.component_sizes.size(), 10);
    for (std::size_t i = 0; i < count; ++i) out += " " + std::to_string(report.component_sizes[i]);
    out += report.component_sizes.size() > count ? " ... people.\n" : " people.\n";
}

void say_shares(std::string& out, const Report& report) {
    heading(out, "Whose community it is");
    say_metrics(out, report, "M23");
    say_metrics(out, report, "M25");
    const double most =
        report.contributors.empty() ? 1 : double(report.contributors.front().contributions);
    say_rows(out, report.contributors, [&](const ContributorRow& row) {
        return pad(person(row.person), 20) + " " + pad(std::to_string(row.contributions), 6) +
               bar(double(row.contributions), most, 40);
    });
}

}  // namespace

std::string to_text(const Report& report) {
    std::string out;
    say_header(out, report);
    if (report.view == View::operators) say_unanswered(out, report);
    say_newcomers(out, report);
    say_waits(out, report);
    say_activity(out, report);
    say_relationships(out, report);
    say_shares(out, report);
    return trim_line_ends(out);
}

}  // namespace kith::insight
