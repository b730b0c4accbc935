#pragma once
#include "node/insight/envelope.hpp"

#include <string>
#include <vector>

// The community report: who joined, who was never answered, how long a first answer takes, who is
// tied to whom. For operators with names and small numbers; for everyone without names, nothing
// about fewer than five people, and dates that are whole weeks.
namespace kith::insight {

// A number of people in a table. Hidden ones hold 0.
struct Cell {
    std::int64_t count = 0;
    bool hidden = false;
};

// M06, one line: those who joined in it, and how many of them got how far. `mature`: for how many
// of them that can be said yet.
struct FunnelRow {
    struct Step {
        Cell reached;
        Cell mature;
    };
    Window joined_during;
    Cell joined;
    Step posted, answered, returned, tied;
};

struct DayRow {
    TimeMs day = 0;  // its 24 hours end at the next row's
    std::int64_t active = 0;
};

// How a person is named: empty where they do not want to be named in lists.
using Name = std::string;

struct WaitRow {
    std::string post;  // its label, else its id
    Name author;
    TimeMs at = 0;
    Wait any_human, members_only;
};

struct UnansweredRow {
    std::string post;
    Name author;
    TimeMs age_ms = 0;
    bool first_post = false;
    bool overdue = false;
};

struct TieRow {
    Name a, b;
    std::int64_t replies = 0;
};

struct ContributorRow {
    Name person;
    std::int64_t contributions = 0;
};

struct Report {
    std::string group;
    TimeMs as_of = 0;
    View view = View::operators;
    Window window;  // the last 28 days
    Coverage coverage;
    std::vector<std::string> blind_spots;  // whole sentences: what these numbers do not see
    std::vector<Metric> metrics;           // in the catalogue's order

    std::vector<FunnelRow> weeks;  // M06 by join week
    FunnelRow four_weeks;          // the same weeks together

    // For operators only; empty for everyone.
    std::vector<DayRow> days;
    std::vector<Name> newcomers, silent, isolated;
    std::vector<UnansweredRow> unanswered;
    std::vector<WaitRow> waits;
    std::vector<SurvivalStep> curve_any_human, curve_members_only;
    std::vector<TieRow> ties, ties_with_operators;
    std::vector<std::int64_t> component_sizes, component_sizes_with_operators;
    std::vector<ContributorRow> contributors;
};

// The report on what happened before as_of (for everyone: before the Monday on or before it). The
// same history gives the same report, in whatever order it arrived.
Report make_report(const GroupHistory&, TimeMs as_of, View);

// The metric of that id, or null.
const Metric* find_metric(const Report&, std::string_view id);

// One JSON object: `metrics` by id, each in its envelope; a suppressed number is the text "<5".
// Times are RFC 3339, waits are hours. Lists are cut at limits::insight_json_rows_max.
std::string to_json(const Report&);

// For a terminal: tables, bars and plain sentences, UTF-8, Lists are cut at
// limits::insight_text_rows_max, names freed of control characters.
std::string to_text(const Report&);

}  // namespace kith::insight
